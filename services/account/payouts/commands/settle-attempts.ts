import { isDataError } from '../../../shared/db/errors';
import { writeHalving } from '../../../shared/db/halve';
import { throwAll } from '../../../shared/kernel/every-step';
import { crashPoint } from '../../../shared/runtime/crash-point';
import type { AccountContext } from '../../context';
import { enterLedger } from '../../ledger/steps/enter-ledger';
import { combined } from '../domain/payout';
import { keyOf, settle, type JudgedAttempt } from '../steps/settle';

/**
 * Puts down what became of attempts, all in one transaction: the payouts' new states, and what
 * follows from those that are paid or failed. Where somebody was faster, nothing changes.
 *
 * A payout that the database refuses to settle does not keep its neighbours from it: it needs
 * review, and the reason says what was refused. Throws what went wrong, when the others are
 * settled.
 */
export async function settleAttempts(
  context: AccountContext,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  const errors: unknown[] = [];
  const write = (part: readonly JudgedAttempt[]): Promise<void> =>
    context.database.transaction(async (tx) =>
      settle(await enterLedger(tx, context), context, part),
    );
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

/** A worker that stood still may have asked twice: one statement can follow one answer only. */
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

/** The one of the later claim. */
function laterOf(earlier: JudgedOne | undefined, one: JudgedOne): JudgedOne {
  return earlier && earlier.leaseUntil > one.leaseUntil ? earlier : one;
}
