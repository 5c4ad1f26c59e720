import type { PaymentContext } from '../context';
import { PaymentLab } from '../testing/lab';
import { claimReturnStatement } from './claim-return-statement';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
});
afterAll(() => lab.stop());

const claim = () => claimReturnStatement(payment, 'bank', { waitMs: 5_000, limit: 10 });

it('of two processes at once one gets the statement; after a crash another does', async () => {
  const both = await Promise.all([claim(), claim()]);
  expect(both.filter((claimed) => claimed !== null)).toEqual([
    { rail: 'bank', readUpTo: 0n, unmatched: [] },
  ]);
  expect(await claim()).toBeNull();
  lab.pass();
  expect(await claim()).toMatchObject({ readUpTo: 0n });
});

it('nothing is claimed while the clocks disagree', async () => {
  const off = { ...payment, clock: () => new Date(lab.clock().getTime() + 60_000) };
  const claimed = claimReturnStatement(off, 'bank', { waitMs: 5_000, limit: 10 });
  await expect(claimed).rejects.toMatchObject({ id: 'clock-off' });
});
