import { workOff } from '../../../shared/work/work-off';
import { askAboutPayout } from '../commands/ask-about-payout';
import { claimPlanned } from '../commands/claim-planned';
import { claimUnclear } from '../commands/claim-unclear';
import { settleAttempts } from '../commands/settle-attempts';
import { transferPayout } from '../commands/transfer-payout';
import type { PayoutContext } from '../context';
import type { Verdict } from '../domain/payout';
import type { Attempt } from '../queries/attempts';
import type { JudgedAttempt } from '../steps/settle';

/**
 * Transfers every planned payout, `inFlight` at a time, and records the verdicts. Payouts of
 * accounts on hold wait, also those that were claimed and not sent yet.
 */
export async function payPlanned(context: PayoutContext): Promise<void> {
  await judgeAll(context, claimPlanned, transferPayout);
}

/**
 * Asks Payment about every payout whose outcome is unclear. A payout that never arrived is planned
 * again with the same key, for the next `payPlanned`.
 */
export async function askUnclear(context: PayoutContext): Promise<void> {
  await judgeAll(context, claimUnclear, askAboutPayout);
}

async function judgeAll(
  context: PayoutContext,
  claim: (context: PayoutContext) => Promise<Attempt[]>,
  judge: (context: PayoutContext, attempt: Attempt) => Promise<Verdict>,
): Promise<void> {
  await workOff<Attempt, JudgedAttempt>({
    inFlight: context.inFlight,
    claim: () => claim(context),
    // After the lease, another worker may hold the attempt; that worker asks Payment first.
    isLeaseOver: ({ leaseUntil }) => context.clock() >= leaseUntil,
    async call(attempt) {
      const verdict = await judge(context, attempt);
      const { payoutId, number } = attempt;
      context.logger.info({ payoutId, attempt: number, ...verdict }, 'payout attempt');
      return { attempt, verdict };
    },
    isUnanswered: ({ verdict: { verdict } }) => verdict === 'unanswered',
    record: (judged) => settleAttempts(context, judged),
    isStopping: () => context.isStopping(),
  });
}
