import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { claimPlanned } from '../payouts/commands/claim-planned';
import { settleAttempts } from '../payouts/commands/settle-attempts';
import type { PayoutContext } from '../payouts/context';
import type { Decision } from '../payouts/domain/decision';
import type { Verdict } from '../payouts/domain/payout';
import type { Present } from '../payouts/steps/decide-payout';
import { closeByHand } from './close-by-hand';
import { ACCOUNTANT, createTestEvening, earn, openPayee, type TestEvening } from './test-evening';

type Decided = 'failed' | 'needs_review';

const VERDICTS: Record<Decided | 'paid', Verdict> = {
  failed: { verdict: 'refused', bankReference: null, reason: 'no such number' },
  needs_review: { verdict: 'nonsense', reason: 'it makes no sense' },
  paid: { verdict: 'succeeded', bankReference: 'SB-1' },
};

const MONDAY = '2026-03-02';

/** Creates a payout in that state; call at most once per evening. */
export async function payoutIn(
  { books, desk }: TestEvening,
  state: Decided | 'paid',
): Promise<{ payoutId: string; userId: string }> {
  const userId = await openPayee(books);
  await earn(books, userId, 2500n);
  await closeByHand(books, MONDAY, ACCOUNTANT);
  const [attempt] = await claimPlanned(desk);
  await settleAttempts(books, [{ attempt: attempt!, verdict: VERDICTS[state] }]);
  return { payoutId: attempt!.payoutId, userId };
}

/** Returns a decision of the accountant. */
export function decisionAbout(
  payoutId: string,
  changes: Partial<Decision['request']> = {},
): Decision {
  const { actorId } = ACCOUNTANT;
  const request = {
    actorId,
    target: `POST /payouts/${payoutId}`,
    idempotencyKey: null,
    content: {},
  };
  return { payoutId, request: { ...request, ...changes } };
}

/** Presents a decided payout by its state. */
export const present: Present<{ state: string }> = ({ state }) => ({ state });

interface DecisionCommand {
  from: Decided;
  becomes: string;
  action: string;
  decide(context: PayoutContext, decision: Decision): Promise<{ state: string }>;
}

/** Describes the tests that every decision about a payout must pass. */
export function describeDecision({ from, becomes, action, decide }: DecisionCommand): void {
  let evening: TestEvening;
  beforeEach(async () => {
    evening = await createTestEvening();
  });
  afterEach(() => evening.drop());

  const auditOf = (id: string): Promise<{ action: string }[]> =>
    query(evening.books.database, 'SELECT action FROM audit_log WHERE subject = $1', [id]);

  it('is made once: of two at once one is refused, and so is a later one', async () => {
    const { payoutId } = await payoutIn(evening, from);
    const attempt = () => decide(evening.desk, decisionAbout(payoutId));
    const outcomes = await atOnce(evening.test, 'payouts', [attempt, attempt]);
    expect(outcomes).toEqual({ done: 1, 'payout-state': 1 });
    await expect(attempt()).rejects.toMatchObject({ id: 'payout-state' });
    expect(await auditOf(payoutId)).toEqual([{ action }]);
  });

  it('the same request twice, at once, has one effect and one answer', async () => {
    const { payoutId } = await payoutIn(evening, from);
    const key = { idempotencyKey: newId() };
    const attempt = () => decide(evening.desk, decisionAbout(payoutId, key));
    const outcomes = await atOnce(evening.test, 'payouts', [attempt, attempt]);
    expect(outcomes).toEqual({ done: 2 });
    expect(await attempt()).toEqual({ state: becomes });
    expect(await auditOf(payoutId)).toEqual([{ action }]);
    const other = decisionAbout(payoutId, { ...key, content: { other: true } });
    const reused = decide(evening.desk, other);
    await expect(reused).rejects.toMatchObject({ id: 'idempotency-key-reused' });
  });

  it('is refused for nobody’s payout, one’s own, and one that is paid', async () => {
    const { payoutId, userId } = await payoutIn(evening, 'paid');
    const own = decisionAbout(payoutId, { actorId: userId });
    for (const [decision, refusal] of [
      [decisionAbout(newId()), 'not-found'],
      [own, 'own-account'],
      [decisionAbout(payoutId), 'payout-state'],
    ] as const) {
      await expect(decide(evening.desk, decision)).rejects.toMatchObject({ id: refusal });
    }
    expect(await auditOf(payoutId)).toEqual([]);
  });

  it('is undone as a whole when its audit row can’t be stored', async () => {
    const { payoutId } = await payoutIn(evening, from);
    const attempt = () => decide(evening.desk, decisionAbout(payoutId));
    await expectRolledBack(evening.test, 'audit_log', attempt);
  });
}
