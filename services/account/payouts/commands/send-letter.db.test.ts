import { ADDRESS_REFUSED, putLetter } from '../../../shared/contracts/calls/notify';
import { Sidecar } from '../../../shared/dapr/sidecar';
import { newId } from '../../../shared/kernel/ids';
import { Neighbours } from '../../../shared/testing/neighbours';
import { FakePayment } from '../../testing/fake-payment';
import type { PayoutContext } from '../context';
import { sendLetter } from './send-letter';

let neighbours: Neighbours;
let sidecar: Sidecar;
let outside: FakePayment;

beforeEach(async () => {
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test' });
  outside = new FakePayment(neighbours);
});
afterEach(async () => {
  await sidecar.close();
  await neighbours.stop();
});

const LETTER = {
  id: newId(),
  userId: newId(),
  recipient: null,
  content: { template: 'bank-account-changed', bankAccount: '4081…0025' } as const,
  dueAt: new Date('2026-03-02T09:00:00Z'),
};
const send = (): Promise<void> => sendLetter({ sidecar } as PayoutContext, LETTER);

it('twice: Notify gets its id as key both times, and sends it once', async () => {
  await send();
  await send();
  expect(outside.letters.map(({ key }) => key)).toEqual([LETTER.id]);
});

it('Notify is away: 503, so that the letter stays due', async () => {
  outside.isMailUp = false;
  await expect(send()).rejects.toMatchObject({ status: 503 });
});

it('the address is refused: the caller learns it, and gives the letter up', async () => {
  neighbours.answer(putLetter, () => ({ refuse: 422, type: ADDRESS_REFUSED }));
  await expect(send()).rejects.toMatchObject({ id: ADDRESS_REFUSED });
});
