import { type Permission } from '../../shared/contracts/fields';
import { DEFAULT_PAGE } from '../../shared/contracts/paging';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { notFound } from '../../shared/kernel/errors';
import { Group } from '../entities/group.entity';

/** Cursor in the list of groups: the last group of the previous page. */
export interface GroupPlace {
  createdAt: string;
  id: string;
}

/** A group in the list. */
export interface ListedGroup {
  id: string;
  name: string;
  permissions: Permission[];
  memberCount: number;
  version: number;
  createdAt: Date;
}

/** Page of a list: what follows `after`, null for the first page. */
export interface GroupPage<Place> {
  after: Place | null;
  limit: number;
}

/** A group with a page of its members: `limit` + 1 when there are more. */
export interface SeenGroup extends Omit<ListedGroup, 'createdAt'> {
  members: string[];
  limit: number;
}

/** The first page of members, as answers to changes show it. */
export const firstMembers: GroupPage<string> = { after: null, limit: DEFAULT_PAGE };

const COUNT = '(SELECT count(*) FROM group_members WHERE group_id = groups.id)::integer';

const LIST = `
SELECT id, name, permissions, version, created_at AS "createdAt", ${COUNT} AS "memberCount"
FROM groups
WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2)
ORDER BY created_at DESC, id DESC LIMIT $3`;

const MEMBERS = `
SELECT user_id AS "userId" FROM group_members
WHERE group_id = $1 AND ($2::uuid IS NULL OR user_id > $2)
ORDER BY user_id LIMIT $3`;

const ALL_MEMBERS = 'SELECT user_id AS "userId" FROM group_members WHERE group_id = $1';

const COUNT_OF = 'SELECT count(*)::integer AS count FROM group_members WHERE group_id = $1';

/** Returns groups, newest first; `limit` + 1 when there are more. */
export async function listGroups(
  database: Database,
  { after, limit }: GroupPage<GroupPlace>,
): Promise<ListedGroup[]> {
  const { createdAt = null, id = null } = after ?? {};
  return query<ListedGroup>(database, LIST, [createdAt, id, limit + 1]);
}

/** Returns a group with a page of its members, in the order of ids. Throws 404. */
export async function readGroup(
  database: Database,
  id: string,
  page: GroupPage<string>,
): Promise<SeenGroup> {
  const group = await database.manager.findOneBy(Group, { id });
  if (!group) throw notFound('Group');
  return seeGroup(database, group, page);
}

/** Returns a known group with a page of its members, in the order of ids. */
export async function seeGroup(
  tx: Tx | Database,
  { id, name, permissions, version }: Group,
  { after, limit }: GroupPage<string>,
): Promise<SeenGroup> {
  const rows = await query<{ userId: string }>(tx, MEMBERS, [id, after, limit + 1]);
  const members = rows.map(({ userId }) => userId);
  return {
    id,
    name,
    permissions,
    version,
    members,
    limit,
    memberCount: await countMembers(tx, id),
  };
}

/** Returns the ids of all members of a group, at most `MAX_MEMBERS`. */
export async function memberIds(tx: Tx, id: string): Promise<string[]> {
  const rows = await query<{ userId: string }>(tx, ALL_MEMBERS, [id]);
  return rows.map(({ userId }) => userId);
}

async function countMembers(tx: Tx | Database, id: string): Promise<number> {
  const [row] = await query<{ count: number }>(tx, COUNT_OF, [id]);
  return row!.count;
}
