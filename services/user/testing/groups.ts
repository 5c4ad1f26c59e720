import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { Group, newGroup, type NewGroup } from '../entities/group.entity';
import type { UserDatabase } from './user-database';

let count = 0;

/** Returns a new group with a name of its own, by default without permissions. */
export function someGroup(overrides: Partial<NewGroup> = {}): NewGroup {
  count += 1;
  const permissions: NewGroup['permissions'] = [];
  return { id: newId(), name: `Shift ${count}`, permissions, actorId: newId(), ...overrides };
}

const PEOPLE = `
INSERT INTO users (id, nickname, nickname_key, nickname_skeletons, email, role, status, locale,
  permissions, version, registered_at, inactive_since, account_asked_times, account_ask_due_at,
  credentials_set_at, account_opened_at, manager_id)
SELECT id, id, id, ARRAY[id::text], id || '@popug.example', 'employee', 'active', 'en', '{}', 1,
  now(), now(), 1, now(), now(), now(), $2
FROM (SELECT uuid_v7() AS id FROM generate_series(1, $1)) AS person RETURNING id`;

const MEMBERS = `
INSERT INTO group_members (group_id, user_id)
SELECT $1, user_id FROM unnest($2::uuid[]) AS user_id`;

/** Stores a group with these members; permissions of the members are not derived. */
export async function storeGroup(
  { database }: UserDatabase,
  overrides: Partial<NewGroup> = {},
  members: readonly string[] = [],
): Promise<Group> {
  const group = newGroup(someGroup(overrides), new Date());
  await database.manager.insert(Group, group);
  await query(database, MEMBERS, [group.id, members]);
  return group;
}

/** Stores many active employees below a manager, or nobody. Returns their ids. */
export async function storePeople(
  { database }: UserDatabase,
  number: number,
  managerId: string | null = null,
): Promise<string[]> {
  const rows = await query<{ id: string }>(database, PEOPLE, [number, managerId]);
  return rows.map(({ id }) => id);
}

const LAST_SNAPSHOTS = `
SELECT DISTINCT ON (subject) data FROM outbox
WHERE type = 'UserUpdated.v1' AND subject = ANY ($1::text[]) ORDER BY subject, id DESC`;

/** Returns the last `UserUpdated` about each of these users, if any, in the order of ids. */
export async function lastUpdates(
  { database }: UserDatabase,
  ids: readonly string[],
): Promise<Record<string, unknown>[]> {
  const rows = await query<{ data: Record<string, unknown> }>(database, LAST_SNAPSHOTS, [ids]);
  return rows.map(({ data }) => data);
}
