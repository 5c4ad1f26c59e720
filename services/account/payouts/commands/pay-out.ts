import { query } from '../../../shared/db/data-source';
import { everyStep } from '../../../shared/kernel/every-step';
import { toMoney } from '../../../shared/kernel/money';
import { crashPoint } from '../../../shared/runtime/crash-point';
import { BatchSink, BatchSource, inFlight } from '../../../shared/work/in-flight';
import { askTransfer, putTransfer, withdrawTransfer, type PaymentAnswer } from '../clients/payment';
import type { PayoutContext } from '../context';
import { BATCH } from '../domain/lease';
import type { Verdict } from '../domain/payout';
import { paidTo, type Attempt } from '../queries/attempts';
import type { JudgedAttempt } from '../steps/settle';
import { claimPlanned } from './claim-planned';
import { claimUnclear } from './claim-unclear';
import { settleAttempts } from './settle-attempts';

const WITHDRAWN = 'It was withdrawn before anything was sent';

/**
 * Transfers every planned payout, many at a time, and puts down what became of each. Payouts of
 * accounts on hold wait, also those that were taken up and not sent yet. Nothing is sent to a bank
 * account that is not its owner's any more: such an attempt is withdrawn, and refused.
 */
export async function payPlanned(context: PayoutContext): Promise<void> {
  await workOff(context, claimPlanned, transfer);
}

/**
 * Asks Payment about every payout of which nobody knows what became. One that never arrived
 * is planned again, with the key it had: to be paid by the next `payPlanned`.
 */
export async function askUnclear(context: PayoutContext): Promise<void> {
  await workOff(context, claimUnclear, async ({ sidecar }, { key }) => {
    return verdictOf(await askTransfer(sidecar, key), WITHDRAWN);
  });
}

const PAYEE = `
SELECT payouts_held_reason IS NOT NULL AS "isHeld", ${paidTo('$2')} AS "bankAccount"
FROM payouts JOIN accounts ON accounts.id = account_id WHERE payouts.id = $1`;

const CHANGED = 'The bank account was changed before anything was sent';

async function transfer(context: PayoutContext, attempt: Attempt): Promise<Verdict> {
  const { payoutId, key, bankAccount, amountCents } = attempt;
  // It may have waited for its turn since it was taken up, and for longer since it began.
  const params = [payoutId, context.managementBankAccount];
  const [payee] = await query<{ isHeld: boolean; bankAccount: string | null }>(
    context.database,
    PAYEE,
    params,
  );
  if (payee!.isHeld) return { verdict: 'held' };
  const isChanged = bankAccount !== payee!.bankAccount;
  if (bankAccount === null) {
    return refused(isChanged ? CHANGED : 'There is no bank account to pay to');
  }
  const order = { ...toMoney(amountCents, context.currency), bankAccount };
  if (isChanged) return verdictOf(await withdrawTransfer(context.sidecar, key, order), CHANGED);
  const answer = await putTransfer(context.sidecar, key, order);
  crashPoint('payout:transferred');
  return verdictOf(answer, WITHDRAWN);
}

/** Nothing was sent, and nothing will be: as good as a refusal. */
function verdictOf(answer: PaymentAnswer, whyWithdrawn: string): Verdict {
  return answer.verdict === 'withdrawn' ? refused(whyWithdrawn) : answer;
}

function refused(reason: string): Verdict {
  return { verdict: 'refused', bankReference: null, reason };
}

/** So many calls in a row without an answer: Payment is away, and the next round will see. */
const UNANSWERED_IN_A_ROW = 8;

/** No transaction is open while somebody is asked: claimed before, written down after. */
async function workOff(
  context: PayoutContext,
  claim: (context: PayoutContext) => Promise<Attempt[]>,
  judge: (context: PayoutContext, attempt: Attempt) => Promise<Verdict>,
): Promise<void> {
  const source = new BatchSource(() => claim(context));
  const sink = new BatchSink<JudgedAttempt>((judged) => settleAttempts(context, judged), BATCH);
  let unanswered = 0;
  const isOver = (): boolean => context.isStopping() || unanswered >= UNANSWERED_IN_A_ROW;
  const next = async (): Promise<Attempt | null> => (isOver() ? null : source.next());
  const judgeOne = async (attempt: Attempt): Promise<void> => {
    // Whoever has it now asks first, so that nothing is sent behind anybody's back.
    if (context.clock() >= attempt.leaseUntil) return;
    const verdict = await judge(context, attempt).catch((error: unknown) => {
      unanswered += 1;
      throw error;
    });
    unanswered = verdict.verdict === 'unanswered' ? unanswered + 1 : 0;
    const { payoutId, number } = attempt;
    context.logger.info({ payoutId, attempt: number, ...verdict }, 'payout attempt');
    sink.add({ attempt, verdict });
  };
  await everyStep([() => inFlight(context.inFlight, next, judgeOne), () => sink.settled()]);
}
