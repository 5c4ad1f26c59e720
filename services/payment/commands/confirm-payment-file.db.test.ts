import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { readPaymentFile } from '../queries/payment-files';
import { BY_FILE, PaymentLab } from '../testing/lab';
import { confirmPaymentFile } from './confirm-payment-file';
import { rejectPaymentFile } from './reject-payment-file';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process(lab.bankUrl, BY_FILE);
});
afterAll(() => lab.stop());

const actorId = newId();

it('twice at once: settled once', async () => {
  const { id } = await lab.file(payment, '2026-06-01');
  const whole = { fileId: id, actorId, transactions: null };
  const confirm = () => confirmPaymentFile(payment, whole);
  expect(await atOnce(lab.payment, 'bank_transfers', [confirm, confirm])).toEqual({ done: 2 });
  expect(await readPaymentFile(payment.database, id)).toMatchObject({ succeeded: 2, waiting: 0 });
});

it('and a rejection at once: each transfer has one outcome', async () => {
  const { id, keys } = await lab.file(payment, '2026-06-02');
  const whole = { fileId: id, actorId, transactions: null };
  const outcomes = await atOnce(lab.payment, 'bank_transfers', [
    () => confirmPaymentFile(payment, whole),
    () => rejectPaymentFile(payment, { ...whole, transactions: [keys[0]!] }, 'no'),
  ]);
  const file = await readPaymentFile(payment.database, id);
  expect(file.succeeded + file.refused).toBe(2);
  expect(file.refused).toBe(outcomes['done'] === 2 ? 1 : 0);
});

it('that can’t be audited changes nothing', async () => {
  const { id } = await lab.file(payment, '2026-06-03');
  const whole = { fileId: id, actorId, transactions: null };
  await expectRolledBack(lab.payment, 'audit_log', () => confirmPaymentFile(payment, whole));
});
