import { query, type Tx } from '../../shared/db/data-source';
import { skeletonsOf } from '../domain/name-skeleton';
import { nicknameTaken } from '../domain/taken-names';

/** Advisory lock key (arbitrary), first of two: serialises the use of each skeleton. */
const SKELETON_LOCK = 727_102;

/** Locks in the order of keys: prevents deadlocks between concurrent nicknames. */
const LOCK = `
SELECT pg_advisory_xact_lock($1, key) FROM (
  SELECT DISTINCT hashtext(skeleton) AS key FROM unnest($2::text[]) AS skeleton ORDER BY key
) AS keys`;

/** Same condition as in the unique indexes: a given-up registration releases its nickname. */
const FIND_TWIN = `
SELECT FROM users
WHERE nickname_skeletons && $1::text[] AND id <> $2
  AND (status <> 'deactivated' OR (credentials_set_at IS NOT NULL AND given_up_at IS NULL))
LIMIT 1`;

/**
 * Throws 409 `nickname-taken` when a nickname looks like somebody else's. Skeletons in `before`, of
 * the person's current nickname, are allowed: lookalikes from earlier stay. Serialises transactions
 * with the same skeleton.
 */
export async function refuseTwinName(
  tx: Tx,
  person: { id: string; nickname: string },
  before: readonly string[] = [],
): Promise<void> {
  const looks = skeletonsOf(person.nickname).filter((skeleton) => !before.includes(skeleton));
  if (looks.length === 0) return;
  await query(tx, LOCK, [SKELETON_LOCK, looks]);
  const twins = await query(tx, FIND_TWIN, [looks, person.id]);
  if (twins.length > 0) throw nicknameTaken();
}
