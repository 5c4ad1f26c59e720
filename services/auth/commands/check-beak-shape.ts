import type { Database } from '../../shared/db/data-source';
import type { Clock } from '../../shared/kernel/clock';
import type { BeakShapeHasher } from './hash-beak-shape';
import {
  countAttempt,
  forgetAttempts,
  takeBackAttempt,
  type AttemptKey,
} from './throttle-attempts';

/** What the commands that look at beak shapes are given. */
export interface Deps {
  database: Database;
  hasher: BeakShapeHasher;
  clock: Clock;
}

/**
 * Compares a beak shape with what is kept, null for nobody, and keeps count of wrong attempts.
 * Throws `Problem` 429 after too many of them in a row, or when too many people wait.
 */
export async function isRightShape(
  { database, hasher, clock }: Deps,
  key: AttemptKey,
  kept: string | null,
  beakShape: string,
): Promise<boolean> {
  await countAttempt(database, key, clock());
  const isRight = await hasher.matches(kept, beakShape).catch(async (error: unknown) => {
    await takeBackAttempt(database, key);
    throw error;
  });
  if (isRight) await forgetAttempts(database, key);
  return isRight;
}
