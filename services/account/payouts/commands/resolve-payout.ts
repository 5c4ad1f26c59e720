import type { Sidecar } from '../../../shared/dapr/sidecar';
import { query } from '../../../shared/db/data-source';
import { conflict, unavailable } from '../../../shared/kernel/errors';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountContext } from '../../context';
import { askTransfer, withdrawTransfer, type PaymentAnswer } from '../clients/payment';
import type { Decision } from '../domain/decision';
import { demandChange, isCertain, type PayoutState } from '../domain/payout';
import { payoutToDecide, type DecidedPayout } from '../queries/payout-to-decide';
import { answerBefore } from '../../ledger/steps/decide-once';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';
import { recordOutcomes } from '../steps/record-outcomes';
import { settle, type JudgedAttempt } from '../steps/settle';
import { settleAttempts } from './settle-attempts';

/** Finding of an accountant about a payout that needs review. */
export interface Finding {
  outcome: 'paid' | 'failed';
  bankReference: string | null;
  reason: string;
}

/** Dependencies of a decision in review: Payment is called first. */
export interface ReviewDesk extends AccountContext {
  sidecar: Sidecar;
}

/**
 * Settles a payout that needs review, by the finding of an accountant. Payment is asked first, and
 * a certain answer of Payment prevails: a payout that is recorded as failed can be sent again. The
 * finding decides only when Payment does not know the transfer. Before the finding `failed`, the
 * order is withdrawn at Payment, so that it can't arrive after the next attempt. A repeat returns
 * the first answer.
 *
 * Throws 404, 403 `own-account`, 409 `payout-state` unless the payout needs review, 409
 * `transfer-in-progress` while Payment has no certain answer, 409 `transfer-settled` when Payment
 * contradicts the finding, 422 `idempotency-key-reused`, 503 while Payment is away.
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
    facts: { bankReference },
    reason,
    async change(ledger, payout) {
      demandSameAttempt(payout, asked);
      // The worker has settled the payout meanwhile, with the same outcome.
      if (isCertain(answer) && payout.state === outcome) return;
      demandChange(payout, outcome);
      // In the transaction of the decision: after a crash, the request can be repeated.
      if (isCertain(answer)) {
        await settle(ledger, context, [{ attempt, verdict: answer }]);
        return;
      }
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

/** Asks Payment about the current attempt, or withdraws it. No transaction is open meanwhile. */
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
  if (['unclear', 'waiting', 'nonsense'].includes(answer.verdict)) {
    const detail = 'Nothing can be decided before Payment says for certain what became of it';
    throw conflict('transfer-in-progress', 'The transfer may still end either way', detail);
  }
  return { attempt: { payoutId, number, startedAt, leaseUntil }, answer };
}

/** Settles the attempt when Payment contradicts the finding, and throws 409 `transfer-settled`. */
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

/** Throws 409 `payout-state` when Payment was asked about an earlier attempt. */
function demandSameAttempt(payout: DecidedPayout, asked: DecidedPayout): void {
  if (payout.attemptNumber === asked.attemptNumber) return;
  throw conflict('payout-state', 'The payout does not allow this now', 'It was tried again');
}
