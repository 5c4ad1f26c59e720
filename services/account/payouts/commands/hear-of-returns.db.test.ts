import { newId } from '../../../shared/kernel/ids';
import { getReturnedTransfers } from '../../../shared/contracts/calls/payment';
import { atOnce } from '../../../shared/testing/at-once';
import { openReturns } from '../../testing/returned-payouts';
import { createTestEvening, type TestEvening } from '../../testing/test-evening';
import { hearOfReturns } from './hear-of-returns';

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

describe('asking Payment for returns', () => {
  it('goes on over pages, and again over those that became visible late', async () => {
    const { desk, payment } = evening;
    payment.pageOfReturns = 2;
    for (let n = 0; n < 5; n += 1) payment.sendBack(newId(), 1n);
    const late = payment.returned.splice(2, 1);
    await hearOfReturns(desk);
    expect(await openReturns(evening)).toHaveLength(4);
    payment.returned.splice(2, 0, ...late);
    await hearOfReturns(desk);
    expect(await openReturns(evening)).toHaveLength(5);
  });

  it('keeps each return once, also when two workers hear of it at once', async () => {
    const { desk, payment, test } = evening;
    payment.sendBack(newId(), 1n);
    const hearing = () => hearOfReturns(desk);
    expect(await atOnce(test, 'returned_transfers', [hearing, hearing])).toEqual({ done: 2 });
    expect(await openReturns(evening)).toHaveLength(1);
  });

  it('goes on from the last position, without the whole list', async () => {
    const { desk, payment, neighbours } = evening;
    payment.sendBack(newId(), 1n, { position: '1000' });
    await hearOfReturns(desk);
    neighbours.calls.length = 0;
    await hearOfReturns(desk);
    expect(neighbours.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['950', '1000']);
  });

  it('waits for the next round while Payment is away', async () => {
    const { desk, payment } = evening;
    payment.sendBack(newId(), 1n);
    payment.isUp = false;
    await hearOfReturns(desk);
    expect(await openReturns(evening)).toEqual([]);
    payment.isUp = true;
    await hearOfReturns(desk);
    expect(await openReturns(evening)).toHaveLength(1);
  });

  it('fails when the answer breaks the contract', async () => {
    evening.neighbours.answer(getReturnedTransfers, () => ({ garble: '<html>' }));
    await expect(hearOfReturns(evening.desk)).rejects.toMatchObject({ id: 'unavailable' });
  });
});
