import {
  openReturns,
  owedPayee,
  paidPayee,
  payoutsOf,
  transfersBack,
} from '../../testing/returned-payouts';
import {
  brokenInvariants,
  createTestEvening,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { takeBackReturns } from '../jobs/returns.job';
import { hearOfReturns } from './hear-of-returns';
import { settleReturned } from './settle-returned';

const HOUR_MS = 3_600_000;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Returns a payee whose transfer was executed, which Account does not know, and its key. */
async function unknown(): Promise<{ userId: string; key: string }> {
  evening.payment.behave = () => 'lose-done';
  const userId = await owedPayee(evening);
  await runEvening(evening.desk);
  expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'unknown' }]);
  return { userId, key: evening.payment.carriedOut[0]!.key };
}

describe('a return before Account knows that the transfer was executed', () => {
  it('settles the payout by asking Payment, twice as well as once', async () => {
    const { userId, key } = await unknown();
    await settleReturned(evening.desk, key);
    await settleReturned(evening.desk, key);
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'paid' }]);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('is booked back in the same round', async () => {
    const { userId, key } = await unknown();
    evening.payment.sendBack(key, 900n);
    await takeBackReturns(evening.desk);
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'returned' }]);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('waits while Payment has no certain answer, and is not lost', async () => {
    const { desk, payment, pass } = evening;
    const { userId, key } = await unknown();
    payment.sendBack(key, 900n);
    await hearOfReturns(desk);
    payment.isUp = false;
    await runEvening(desk);
    expect(await openReturns(evening)).toEqual([
      { key, finding: expect.stringContaining('unknown, this attempt open') as string },
    ]);
    expect(await transfersBack(evening)).toEqual([]);
    payment.isUp = true;
    pass(HOUR_MS);
    await runEvening(desk);
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'returned' }]);
    expect(await openReturns(evening)).toEqual([]);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('asks nothing about a settled payout, or a key that no attempt has', async () => {
    const { key } = await paidPayee(evening);
    evening.neighbours.calls.length = 0;
    await settleReturned(evening.desk, key);
    await settleReturned(evening.desk, '00000000-0000-7000-8000-00000000abcd');
    expect(evening.neighbours.calls).toEqual([]);
  });
});
