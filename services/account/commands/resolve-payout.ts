import type { Sidecar } from '../../shared/dapr/sidecar';
import { query } from '../../shared/db/data-source';
import { conflict, unavailable } from '../../shared/kernel/errors';
import { askTransfer } from '../clients/payment';
import { isCertain, type PayoutState, type Verdict } from '../domain/payout';
import type { Books } from '../queries/books';
import { answerBefore } from './decide-once';
import {
  changeState,
  decide,
  demandChange,
  payoutToDecide,
  type DecidedPayout,
  type Decision,
  type Present,
} from './decide-payout';
import { recordOutcomes } from './record-outcomes';
import { settleAttempts } from './settle-attempts';

/** What an accountant found out about a payout that needs review. */
export interface Finding {
  outcome: 'paid' | 'failed';
  bankReference: string | null;
  reason: string;
}

/** What a payout in review is resolved with: Payment is asked first. */
export interface ReviewDesk extends Books {
  sidecar: Sidecar;
}

/**
 * Settles a payout that needs review, as the bank's own books say: booked when it was paid, up to
 * the accountant again when it failed. Payment is asked first, and what it says for certain is
 * what happens: it would sooner or later, and a payout that is said to have failed can be sent
 * again. The finding decides only where Payment never heard of the transfer.
 *
 * Throws 404, 403 `own-account`, 409 `payout-state` when it needs no review, 409
 * `transfer-in-progress` while Payment has no clear answer, 409 `transfer-settled` when its answer
 * contradicts the finding, 503 while Payment is away.
 */
export async function resolvePayout<View extends object>(
  desk: ReviewDesk,
  decision: Decision,
  finding: Finding,
  present: Present<View>,
): Promise<View> {
  const before = await answerBefore<View>(desk.database, decision.request);
  if (before) return before;
  const asked = await payoutToDecide(desk, decision);
  demandChange(asked, finding.outcome);
  const verdict = await askPayment(desk, asked);
  if (isCertain(verdict)) demandAgreement(verdict, finding);
  const { outcome, bankReference, reason } = finding;
  return decide(desk, decision, present, {
    action: 'payout.resolved',
    details: { outcome, bankReference, reason },
    async change(ledger, payout) {
      // Settled meanwhile, as they say: by us, a moment ago, or by the worker.
      if (isCertain(verdict) && payout.state === outcome) return;
      demandChange(payout, outcome);
      demandSameAttempt(payout, asked);
      await changeState(ledger.tx, payout, outcome, outcome === 'failed' ? reason : null);
      const ended = outcome === 'paid' ? 'succeeded' : 'refused';
      const found = {
        payoutId: payout.id,
        outcome: ended,
        bankReference,
        finding: reason,
      } as const;
      const now = await desk.now(ledger.tx);
      await recordOutcomes(ledger, desk, [{ ...found, reason: null }], now);
    },
  });
}

const ATTEMPT = `
SELECT key, started_at AS "startedAt" FROM payout_attempts WHERE payout_id = $1 AND number = $2`;

/** No transaction is open while Payment is asked. A certain answer is put down at once. */
async function askPayment(desk: ReviewDesk, asked: DecidedPayout): Promise<Verdict> {
  const { id: payoutId, attemptNumber: number } = asked;
  const params = [payoutId, number];
  const [found] = await query<{ key: string; startedAt: Date }>(desk.database, ATTEMPT, params);
  const { key, startedAt } = found!;
  const verdict = await askTransfer(desk.sidecar, key);
  if (isCertain(verdict)) {
    await settleAttempts(desk, [{ attempt: { payoutId, number, startedAt }, verdict }]);
    return verdict;
  }
  if (verdict.verdict === 'unanswered') throw unavailable('The payment service');
  if (verdict.verdict !== 'never-arrived') {
    const detail = 'Nothing can be decided before Payment says for certain what became of it';
    throw conflict('transfer-in-progress', 'The transfer may still end either way', detail);
  }
  return verdict;
}

function demandAgreement(
  { verdict }: Extract<Verdict, { verdict: 'succeeded' | 'refused' }>,
  { outcome }: Finding,
): void {
  const settled: PayoutState = verdict === 'succeeded' ? 'paid' : 'failed';
  if (settled === outcome) return;
  const ended = verdict === 'succeeded' ? 'was executed' : 'was refused';
  const detail = `The transfer ${ended}: the payout is ${settled} now`;
  throw conflict('transfer-settled', 'The bank has answered meanwhile', detail);
}

/** What was asked about is not what is in review now. */
function demandSameAttempt(payout: DecidedPayout, asked: DecidedPayout): void {
  if (payout.attemptNumber === asked.attemptNumber) return;
  throw conflict('payout-state', 'The payout does not allow this now', 'It was tried again');
}
