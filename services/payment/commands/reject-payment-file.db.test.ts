import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { readPaymentFile } from '../queries/payment-files';
import { BY_FILE, PaymentLab } from '../testing/lab';
import { rejectPaymentFile } from './reject-payment-file';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process(lab.bankUrl, BY_FILE);
});
afterAll(() => lab.stop());

const actorId = newId();

it('twice at once: refused once, for the reason', async () => {
  const { id } = await lab.file(payment, '2026-06-01');
  const whole = { fileId: id, actorId, transactions: null };
  const reject = () => rejectPaymentFile(payment, whole, 'wrong format');
  expect(await atOnce(lab.payment, 'bank_transfers', [reject, reject])).toEqual({ done: 2 });
  expect(await readPaymentFile(payment.database, id)).toMatchObject({ refused: 2, waiting: 0 });
});

it('that can’t be audited changes nothing', async () => {
  const { id } = await lab.file(payment, '2026-06-02');
  const whole = { fileId: id, actorId, transactions: null };
  await expectRolledBack(lab.payment, 'audit_log', () => rejectPaymentFile(payment, whole, 'no'));
});
