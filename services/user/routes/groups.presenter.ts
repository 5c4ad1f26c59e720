import { toPage } from '../../shared/http/cursor';
import { created, ok, type Answer } from '../../shared/http/route';
import type { ListedGroup, SeenGroup } from '../queries/groups';
import type { GroupSummary, GroupView } from './groups.schemas';

/** Returns a group as the list shows it. */
export function presentListed({
  id,
  name,
  permissions,
  memberCount,
  version,
}: Omit<ListedGroup, 'createdAt'>): GroupSummary {
  return { id, name, permissions, memberCount, version };
}

function presentGroup(group: SeenGroup): GroupView {
  const { members, limit } = group;
  const page = toPage(
    members,
    limit,
    (userId) => userId,
    (userId) => ({ userId }),
  );
  return { ...presentListed(group), members: page.items, membersNext: page.next };
}

/** Returns a 200 with the group and the version as ETag. */
export function okGroup(group: SeenGroup): Answer {
  return ok(presentGroup(group), group.version);
}

/** Returns a 201 with the group and the version as ETag. */
export function createdGroup(group: SeenGroup): Answer {
  return created(presentGroup(group), group.version);
}
