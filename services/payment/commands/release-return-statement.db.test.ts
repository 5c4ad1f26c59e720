import { countUnsettled } from '../queries/count-unsettled';
import type { PaymentContext } from '../context';
import { PaymentLab } from '../testing/lab';
import { claimReturnStatement } from './claim-return-statement';
import { releaseReturnStatement } from './release-return-statement';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
});
afterAll(() => lab.stop());

const claim = () => claimReturnStatement(payment, 'bank', { waitMs: 5_000, limit: 10 });

it('another process can claim at once, and a fault stays until a page was readable', async () => {
  await claim();
  await releaseReturnStatement(payment, 'bank', 'HTML');
  expect(await claim()).not.toBeNull();
  await releaseReturnStatement(payment, 'bank', null);
  const { flaggedReturns } = await countUnsettled(payment.database, lab.clock());
  expect(flaggedReturns).toBe(1);
});
