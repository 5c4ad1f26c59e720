import type { UserSnapshot } from '../../shared/contracts/events/users';
import { nicknameKey } from '../../shared/contracts/fields';
import { query, type Tx } from '../../shared/db/data-source';
import type { ChangedThing } from '../../shared/messaging/hints';
import { endSessionsWhere, publishSessionChange } from './end-sessions';

/**
 * Writes in the order of ids: prevents deadlocks between concurrent batches. Returns the users
 * whose rights changed.
 */
const WRITE = `
WITH before AS (
  SELECT id, role, status, permissions FROM users
  WHERE id IN (SELECT "userId" FROM jsonb_to_recordset($1::jsonb) AS snapshot ("userId" uuid))
), written AS (
INSERT INTO users (id, version, nickname, nickname_key, email, role, status, permissions,
  manager_id, locale, copied_at)
SELECT "userId", version, nickname, "nicknameKey", email, role, status,
  ARRAY(SELECT jsonb_array_elements_text(permissions)), "managerId", locale, $2
FROM jsonb_to_recordset($1::jsonb) AS snapshot ("userId" uuid, version integer, nickname text,
  "nicknameKey" text, email text, role text, status text, permissions jsonb, "managerId" uuid,
  locale text)
ORDER BY "userId"
ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, nickname = EXCLUDED.nickname,
  nickname_key = EXCLUDED.nickname_key, email = EXCLUDED.email, role = EXCLUDED.role,
  status = EXCLUDED.status, permissions = EXCLUDED.permissions,
  manager_id = EXCLUDED.manager_id, locale = EXCLUDED.locale, copied_at = EXCLUDED.copied_at
WHERE users.version < EXCLUDED.version
RETURNING id, role, status, permissions)
SELECT id AS "userId" FROM written JOIN before USING (id)
WHERE (before.role, before.status, before.permissions)
  IS DISTINCT FROM (written.role, written.status, written.permissions)`;

/**
 * Ends all sessions of deactivated users. When a newer snapshot, received before this one, shows
 * the user active again, only sessions from before the deactivation end.
 */
const END_OF_GONE = endSessionsWhere(
  `id IN (
    SELECT sessions.id FROM unnest($1::uuid[], $4::timestamptz[]) AS gone (user_id, at)
    JOIN users ON users.id = gone.user_id
    JOIN sessions ON sessions.user_id = gone.user_id AND ended_at IS NULL
    WHERE users.status = 'deactivated' OR sessions.created_at <= gone.at)`,
  '$3',
);

/** Snapshot of a user and the time of its event. */
export interface ToldSnapshot {
  snapshot: UserSnapshot;
  at: Date;
}

/**
 * Stores the newest snapshot of each user, in whatever order they arrive, and ends the sessions of
 * deactivated users. Changed rights end no session: `fresh` routes ask Auth for each request, and
 * live hints make clients exchange their tokens.
 */
export async function copyUsers(tx: Tx, told: readonly ToldSnapshot[], now: Date): Promise<void> {
  const newest = newestOfEach(told.map(({ snapshot }) => snapshot));
  const rows = [...newest.values()].map((user) => ({
    ...user,
    nicknameKey: nicknameKey(user.nickname),
  }));
  const changed = await query<ChangedThing>(tx, WRITE, [JSON.stringify(rows), now]);
  await publishSessionChange(tx, changed, now);
  const gone = told.filter(({ snapshot }) => snapshot.status === 'deactivated');
  if (gone.length === 0) return;
  const ids = gone.map(({ snapshot }) => snapshot.userId);
  await query(tx, END_OF_GONE, [ids, now, 'user-deactivated', gone.map(({ at }) => at)]);
}

function newestOfEach(snapshots: readonly UserSnapshot[]): Map<string, UserSnapshot> {
  const newest = new Map<string, UserSnapshot>();
  for (const snapshot of snapshots) {
    const seen = newest.get(snapshot.userId);
    if (!seen || seen.version < snapshot.version) newest.set(snapshot.userId, snapshot);
  }
  return newest;
}
