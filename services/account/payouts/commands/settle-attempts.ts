import { isDataError } from '../../../shared/db/errors';
import { writeHalving } from '../../../shared/db/halve';
import { throwAll } from '../../../shared/kernel/every-step';
import { crashPoint } from '../../../shared/runtime/crash-point';
import type { AccountContext } from '../../context';
import { enterLedger } from '../../ledger/steps/enter-ledger';
import { combined } from '../domain/payout';
import { publishPayouts } from '../steps/publish-payouts';
import { keyOf, settle, type JudgedAttempt } from '../steps/settle';

/**
 * Records the verdicts on attempts in one transaction: the payouts' new states, their hints, and
 * transfers and letters of those that are paid or failed. Compare and set: an attempt that another
 * process has settled first does not change.
 *
 * When the database refuses a payout, the batch is halved until that payout is alone. It then needs
 * review, and its reason names the error; the other payouts are settled. Throws the errors at the
 * end.
 */
export async function settleAttempts(
  context: AccountContext,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  const errors: unknown[] = [];
  const write = (part: readonly JudgedAttempt[]): Promise<void> =>
    context.database.transaction(async (tx) => {
      const ledger = await enterLedger(tx, context);
      const settled = await settle(ledger, context, part);
      const ids = settled.map(({ id }) => id);
      const isBooked = settled.some(({ state }) => state === 'paid');
      await publishPayouts(tx, ids, ledger.now, { isBooked });
    });
  await writeHalving(oneVerdictEach(judged), {
    write,
    giveUp: async (part, error) => {
      errors.push(error);
      if (!isDataError(error)) return;
      const reason = `The books refuse it: ${error instanceof Error ? error.message : ''}`;
      const verdict = { verdict: 'nonsense', reason } as const;
      const parked = part.map(({ attempt }) => ({ attempt, verdict }));
      await write(parked).catch((another: unknown) => errors.push(another));
    },
  });
  crashPoint('payout:recorded');
  throwAll(errors);
}

/**
 * Returns one verdict for each attempt. A worker that was paused past its lease may have asked
 * twice, and one statement can't update a row twice.
 */
function oneVerdictEach(judged: readonly JudgedAttempt[]): JudgedAttempt[] {
  const byKey = new Map<string, JudgedAttempt>();
  for (const one of judged) {
    const key = keyOf(one.attempt);
    const earlier = byKey.get(key);
    const verdict = earlier ? combined(earlier.verdict, one.verdict) : one.verdict;
    byKey.set(key, { attempt: laterOf(earlier?.attempt, one.attempt), verdict });
  }
  return [...byKey.values()];
}

type JudgedOne = JudgedAttempt['attempt'];

/** Returns the attempt with the later lease. */
function laterOf(earlier: JudgedOne | undefined, one: JudgedOne): JudgedOne {
  return earlier && earlier.leaseUntil > one.leaseUntil ? earlier : one;
}
