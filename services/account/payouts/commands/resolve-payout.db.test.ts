import { decisionAbout, describeDecision, payoutIn, present } from '../../testing/decisions';
import { publishedHints } from '../../testing/published-hints';
import { balanceInLedger, createTestEvening, type TestEvening } from '../../testing/test-evening';
import { attemptKey } from '../domain/payout';
import { resolvePayout, type Finding } from './resolve-payout';

const finding = (outcome: 'paid' | 'failed'): Finding => ({
  outcome,
  bankReference: outcome === 'paid' ? 'SB-1' : null,
  reason: 'found in the bank’s books',
});

describe('to settle a payout in review', () => {
  describeDecision({
    from: 'needs_review',
    becomes: 'paid',
    action: 'payout.resolved',
    decide: (context, decision) => resolvePayout(context, decision, finding('paid'), present),
  });
});

describe('what Payment says counts more than the finding', () => {
  let evening: TestEvening;
  beforeEach(async () => {
    evening = await createTestEvening();
  });
  afterEach(() => evening.drop());

  it.each([
    ['paid', 'refused', 2500n],
    ['failed', 'succeeded', 0n],
  ] as const)(
    'found %s, but %s: refused, and settled as Payment says',
    async (found, said, left) => {
      const { payoutId, userId } = await payoutIn(evening, 'needs_review');
      evening.payment.decide(attemptKey(payoutId, 1), said);
      const resolve = resolvePayout(evening.desk, decisionAbout(payoutId), finding(found), present);
      await expect(resolve).rejects.toMatchObject({ id: 'transfer-settled' });
      expect(await balanceInLedger(evening.books, userId)).toBe(left);
    },
  );

  it.each([
    ['paid', 'succeeded', ['payout', 'entry']],
    ['failed', 'refused', ['payout']],
  ] as const)('found %s, and %s: decided, with one event of hints', async (found, said, topics) => {
    const { payoutId } = await payoutIn(evening, 'needs_review');
    evening.payment.decide(attemptKey(payoutId, 1), said);
    const { database } = evening.books;
    const before = (await publishedHints(database)).length;
    await resolvePayout(evening.desk, decisionAbout(payoutId), finding(found), present);
    const published = (await publishedHints(database)).slice(before);
    expect(published.map((hints) => hints.map(({ topic }) => topic))).toEqual([topics]);
  });

  it('nothing is decided while it is away or the transfer is in progress', async () => {
    const { payoutId } = await payoutIn(evening, 'needs_review');
    const resolve = () =>
      resolvePayout(evening.desk, decisionAbout(payoutId), finding('failed'), present);
    evening.payment.isUp = false;
    await expect(resolve()).rejects.toMatchObject({ status: 503 });
    evening.payment.isUp = true;
    evening.payment.progress(attemptKey(payoutId, 1));
    await expect(resolve()).rejects.toMatchObject({ id: 'transfer-in-progress' });
  });
});
