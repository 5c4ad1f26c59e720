import type { Sidecar } from '../../../shared/dapr/sidecar';
import { query } from '../../../shared/db/data-source';
import { conflict, unavailable } from '../../../shared/kernel/errors';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountContext } from '../../context';
import { askTransfer, withdrawTransfer, type PaymentAnswer } from '../clients/payment';
import type { Decision } from '../domain/decision';
import { demandChange, isCertain, type PayoutState } from '../domain/payout';
import { payoutToDecide, type DecidedPayout } from '../queries/payout-to-decide';
import { answerBefore } from '../steps/decide-once';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';
import { recordOutcomes } from '../steps/record-outcomes';
import { settle, type JudgedAttempt } from '../steps/settle';
import { settleAttempts } from './settle-attempts';

/** What an accountant found out about a payout that needs review. */
export interface Finding {
  outcome: 'paid' | 'failed';
  bankReference: string | null;
  reason: string;
}

/** What a payout in review is resolved with: Payment is asked first. */
export interface ReviewDesk extends AccountContext {
  sidecar: Sidecar;
}

/**
 * Settles a payout that needs review, as the bank's own books say: booked when it was paid, up to
 * the accountant again when it failed. Payment is asked first, and what it says for certain is
 * what happens: it would sooner or later, and a payout that is said to have failed can be sent
 * again. The finding decides only where Payment never heard of the transfer; what has failed then
 * is withdrawn, so that it can't arrive behind the next attempt.
 *
 * Throws 404, 403 `own-account`, 409 `payout-state` when it needs no review, 409
 * `transfer-in-progress` while Payment has no clear answer, 409 `transfer-settled` when its answer
 * contradicts the finding, 503 while Payment is away.
 */
export async function resolvePayout<View extends object>(
  context: ReviewDesk,
  decision: Decision,
  finding: Finding,
  present: Present<View>,
): Promise<View> {
  const before = await answerBefore<View>(context.database, decision.request);
  if (before) return before;
  const asked = await payoutToDecide(context.database, decision, 'unlocked');
  demandChange(asked, finding.outcome);
  const { attempt, answer } = await askPayment(context, asked, finding);
  if (isCertain(answer)) await demandAgreement(context, { attempt, verdict: answer }, finding);
  const { outcome, bankReference, reason } = finding;
  const resolution: Change = {
    action: 'payout.resolved',
    details: { outcome, bankReference, reason },
    async change(ledger, payout) {
      demandSameAttempt(payout, asked);
      // Settled by the worker meanwhile, as they say.
      if (isCertain(answer) && payout.state === outcome) return;
      demandChange(payout, outcome);
      // With the decision or not at all: what is cut off here can be repeated.
      if (isCertain(answer)) return settle(ledger, context, [{ attempt, verdict: answer }]);
      await changeState(ledger.tx, payout, outcome, outcome === 'failed' ? reason : null);
      const ended = outcome === 'paid' ? 'succeeded' : 'refused';
      const found = {
        payoutId: payout.id,
        outcome: ended,
        bankReference,
        finding: reason,
      } as const;
      await recordOutcomes(ledger, context, [{ ...found, reason: null }]);
    },
  };
  return context.database.transaction((tx) =>
    decidePayout(tx, context, decision, present, resolution),
  );
}

interface AttemptRow {
  key: string;
  startedAt: Date;
  leaseUntil: Date;
  bankAccount: string | null;
  amountCents: bigint;
}

const ATTEMPT = `
SELECT key, started_at AS "startedAt", lease_until AS "leaseUntil",
  bank_account AS "bankAccount", amount_cents AS "amountCents"
FROM payout_attempts JOIN payouts ON payouts.id = payout_id
WHERE payout_id = $1 AND number = $2`;

interface Asked {
  attempt: JudgedAttempt['attempt'];
  answer: PaymentAnswer;
}

/** No transaction is open while Payment is asked. */
async function askPayment(
  context: ReviewDesk,
  { id: payoutId, attemptNumber: number }: DecidedPayout,
  { outcome }: Finding,
): Promise<Asked> {
  const [found] = await query<AttemptRow>(context.database, ATTEMPT, [payoutId, number]);
  const { key, startedAt, leaseUntil, bankAccount, amountCents } = found!;
  const answer =
    outcome === 'failed' && bankAccount !== null
      ? await withdrawTransfer(context.sidecar, key, {
          ...toMoney(amountCents, context.currency),
          bankAccount,
        })
      : await askTransfer(context.sidecar, key);
  if (answer.verdict === 'unanswered') throw unavailable('The payment service');
  if (answer.verdict === 'unclear' || answer.verdict === 'nonsense') {
    const detail = 'Nothing can be decided before Payment says for certain what became of it';
    throw conflict('transfer-in-progress', 'The transfer may still end either way', detail);
  }
  return { attempt: { payoutId, number, startedAt, leaseUntil }, answer };
}

/** What contradicts the finding is put down at once, and the finding refused. */
async function demandAgreement(
  context: ReviewDesk,
  judged: JudgedAttempt,
  { outcome }: Finding,
): Promise<void> {
  const isExecuted = judged.verdict.verdict === 'succeeded';
  const settled: PayoutState = isExecuted ? 'paid' : 'failed';
  if (settled === outcome) return;
  await settleAttempts(context, [judged]);
  const ended = isExecuted ? 'was executed' : 'was refused';
  const detail = `The transfer ${ended}: the payout is ${settled} now`;
  throw conflict('transfer-settled', 'The bank has answered meanwhile', detail);
}

/** What was asked about is not what is in review now. */
function demandSameAttempt(payout: DecidedPayout, asked: DecidedPayout): void {
  if (payout.attemptNumber === asked.attemptNumber) return;
  throw conflict('payout-state', 'The payout does not allow this now', 'It was tried again');
}
