import { userUpdated } from '../../shared/contracts/events/users';
import { permission, rolePermissions, role } from '../../shared/contracts/fields';
import { query, type Tx } from '../../shared/db/data-source';
import { hintsAbout } from '../../shared/messaging/hints';
import { publish, publishingContext } from '../../shared/messaging/outbox';

/** Names from the contract, which contain no quotes, as an array of SQL. */
const arrayOf = (names: readonly string[]): string =>
  `ARRAY[${names.map((name) => `'${name}'`).join(', ')}]::text[]`;

const OF_ROLE = role.options
  .map((each) => `WHEN '${each}' THEN ${arrayOf(rolePermissions[each])}`)
  .join(' ');

/**
 * Returns an SQL expression over columns of `users`: the permissions as `effectivePermissions`
 * returns them, with `ofGroups` as permissions of the groups.
 */
export const effectiveSql = (ofGroups: string): string => `ARRAY(
  SELECT name FROM unnest(${arrayOf(permission.options)}) WITH ORDINALITY AS known (name, place)
  WHERE name = ANY (CASE role ${OF_ROLE} END) OR name = ANY (permissions)
    OR (status <> 'deactivated' AND name = ANY (${ofGroups}))
  ORDER BY place)`;

/** The fields of `snapshotOf`. */
const INSERT = `
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, traceparent, request_id)
SELECT uuid_v7(), $2, $3, id::text, jsonb_build_object(
  'userId', id, 'version', version, 'nickname', nickname, 'email', email, 'role', role,
  'status', status, 'permissions', ${effectiveSql('group_permissions')}, 'managerId', manager_id,
  'locale', locale
), $4, $5, $6
FROM users WHERE id = ANY ($1::uuid[])`;

/**
 * Publishes `UserUpdated` for each of these users, who are locked by the transaction, in one
 * statement, and hints like `publishUsers`.
 */
export async function publishUserUpdates(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const { topic, type } = userUpdated;
  await query(tx, INSERT, [ids, topic, type, now, ...publishingContext()]);
  const things = ids.map((id) => ({ userId: id, id }));
  await publish(tx, hintsAbout([{ topic: 'user', things, watchers: 'users.manage' }], now));
}
