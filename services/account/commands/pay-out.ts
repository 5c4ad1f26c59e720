import { query } from '../../shared/db/data-source';
import { everyStep } from '../../shared/kernel/every-step';
import { BatchSink, BatchSource, inFlight } from '../../shared/kernel/in-flight';
import { toMoney } from '../../shared/kernel/money';
import { crashPoint } from '../../shared/runtime/crash-point';
import { askTransfer, putTransfer } from '../clients/payment';
import type { Verdict } from '../domain/payout';
import { claimPlanned, claimUnclear, type Attempt } from './claim-payouts';
import { BATCH, type PayoutDesk } from './payout-desk';
import { settleAttempts, type JudgedAttempt } from './settle-attempts';

/**
 * Transfers every planned payout, many at a time, and puts down what became of each. Payouts of
 * accounts on hold wait, also those that were taken up and not sent yet.
 */
export async function payPlanned(desk: PayoutDesk): Promise<void> {
  await workOff(desk, claimPlanned, transfer);
}

/**
 * Asks Payment about every payout of which nobody knows what became. One that never arrived
 * is planned again, with the key it had: to be paid by the next `payPlanned`.
 */
export async function askUnclear(desk: PayoutDesk): Promise<void> {
  await workOff(desk, claimUnclear, ({ sidecar }, { key }) => askTransfer(sidecar, key));
}

const IS_HELD = `
SELECT FROM payouts JOIN accounts ON accounts.id = account_id
WHERE payouts.id = $1 AND payouts_held_reason IS NOT NULL`;

async function transfer(desk: PayoutDesk, attempt: Attempt): Promise<Verdict> {
  const { payoutId, key, bankAccount, amountCents } = attempt;
  // It may have waited for its turn since it was taken up.
  const isHeld = (await query(desk.database, IS_HELD, [payoutId])).length > 0;
  if (isHeld) return { verdict: 'held' };
  if (bankAccount === null) {
    const reason = 'There is no bank account to pay to';
    return { verdict: 'refused', bankReference: null, reason };
  }
  const money = toMoney(amountCents, desk.currency);
  const verdict = await putTransfer(desk.sidecar, key, { ...money, bankAccount });
  crashPoint('payout:transferred');
  return verdict;
}

/** So many calls in a row without an answer: Payment is away, and the next round will see. */
const UNANSWERED_IN_A_ROW = 8;

/** No transaction is open while somebody is asked: claimed before, written down after. */
async function workOff(
  desk: PayoutDesk,
  claim: (desk: PayoutDesk) => Promise<Attempt[]>,
  judge: (desk: PayoutDesk, attempt: Attempt) => Promise<Verdict>,
): Promise<void> {
  const source = new BatchSource(() => claim(desk));
  const sink = new BatchSink<JudgedAttempt>((judged) => settleAttempts(desk, judged), BATCH);
  let unanswered = 0;
  const isOver = (): boolean => desk.isStopping() || unanswered >= UNANSWERED_IN_A_ROW;
  const next = async (): Promise<Attempt | null> => (isOver() ? null : source.next());
  const judgeOne = async (attempt: Attempt): Promise<void> => {
    // Whoever has it now asks first, so that nothing is sent behind anybody's back.
    if (desk.clock() >= attempt.leaseUntil) return;
    const verdict = await judge(desk, attempt).catch((error: unknown) => {
      unanswered += 1;
      throw error;
    });
    unanswered = verdict.verdict === 'unanswered' ? unanswered + 1 : 0;
    const { payoutId, number } = attempt;
    desk.logger.info({ payoutId, attempt: number, ...verdict }, 'payout attempt');
    sink.add({ attempt, verdict });
  };
  await everyStep([() => inFlight(desk.inFlight, next, judgeOne), () => sink.settled()]);
}
