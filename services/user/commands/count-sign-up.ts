import { query } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';
import type { UserContext } from '../context';

const TOO_MANY = 429;

/** Clock and table of the database: the limit holds over all replicas. */
const COUNT = `
INSERT INTO sign_ups AS seen (address, since, count) VALUES ($1, now(), 1)
ON CONFLICT (address) DO UPDATE SET
  since = CASE WHEN seen.since <= now() - interval '1 hour' THEN now() ELSE seen.since END,
  count = CASE WHEN seen.since <= now() - interval '1 hour' THEN 1
    ELSE least(seen.count, $2) + 1 END
RETURNING count,
  ceil(extract(epoch FROM since + interval '1 hour' - now()))::integer AS "waitSeconds"`;

/**
 * Counts a sign-up by address, also a refused one: its answer says whether a name is taken. Throws
 * 429 `too-many-sign-ups` beyond `perHour` in the hour that began with the first.
 */
export async function countSignUp(
  { database }: UserContext,
  address: string,
  perHour: number,
): Promise<void> {
  const [row] = await query<{ count: number; waitSeconds: number }>(database, COUNT, [
    address,
    perHour,
  ]);
  const { count, waitSeconds } = row!;
  if (count <= perHour) return;
  throw new Problem(TOO_MANY, 'too-many-sign-ups', 'Too many sign-ups from your address', {
    detail: `At most ${perHour} an hour`,
    retryAfterSeconds: Math.max(waitSeconds, 1),
  });
}
