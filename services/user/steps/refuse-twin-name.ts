import { query, type Tx } from '../../shared/db/data-source';
import { skeletonsOf } from '../domain/name-skeleton';
import { nicknameTaken } from '../domain/taken-names';

/** Any number, the same everywhere: the first half of the locks on skeletons. */
const SKELETON_LOCK = 727_102;

/** In the order of keys, so that two names never wait for each other. */
const LOCK = `
SELECT pg_advisory_xact_lock($1, key) FROM (
  SELECT DISTINCT hashtext(skeleton) AS key FROM unnest($2::text[]) AS skeleton ORDER BY key
) AS keys`;

/** As in the unique indexes: a registration that was given up leaves its name to others. */
const FIND_TWIN = `
SELECT FROM users
WHERE nickname_skeletons && $1::text[] AND id <> $2
  AND (status <> 'deactivated' OR (credentials_set_at IS NOT NULL AND given_up_at IS NULL))
LIMIT 1`;

/**
 * Throws 409 when the name looks like that of somebody else. Names that were twins before stay:
 * what the person's name looks like already, `before`, is theirs. One transaction at a time gets
 * past here with a name of that look.
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
