import { useQueries, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { $api, type Permission, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import type { SeenUser } from '../../shared/user/queries';
import type { Role } from './permissions';

export type Group = Schemas['Group'];
export type GroupSummary = Schemas['GroupSummary'];

/** What changes with a group: also what its members may do. */
export const GROUP_TOUCHES = ['/api/v1/groups', '/api/v1/users', '/api/v1/session'] as const;

/** Members that a request fetches. */
const MEMBERS = 100;

/** Filters of the list of people. */
export interface UserFilters {
  q: string;
  role: Role | null;
  status: SeenUser['status'] | null;
  manager: string | null;
  awaits: boolean;
}

/** People, newest first. */
export function useUsers({ q, role, status, manager, awaits }: UserFilters) {
  return useList('/api/v1/users', {
    query: {
      ...(q !== '' && { q }),
      ...(role && { role }),
      ...(status && { status }),
      ...(manager && { managerId: manager }),
      ...(awaits && { awaitsApproval: 'true' as const }),
    },
  });
}

/** Groups, newest first. */
export function useGroups() {
  return useList('/api/v1/groups', {});
}

/**
 * What each of these groups gives, by id; a group that is not known yet is absent. One request, and
 * one more for each group that is not among the newest.
 */
export function useGroupPermissions(ids: readonly string[]): {
  given: ReadonlyMap<string, readonly Permission[]>;
  isAway: boolean;
} {
  const newest = useGroups();
  const known = new Map((newest.data ?? []).map((group) => [group.id, group.permissions]));
  const older = newest.data ? ids.filter((id) => !known.has(id)) : [];
  const answers = useQueries({
    queries: older.map((id) =>
      $api.queryOptions('get', '/api/v1/groups/{id}', {
        params: { path: { id }, query: { limit: 1 } },
      }),
    ),
  });
  const others = answers.flatMap(({ data }) =>
    data ? [[data.id, data.permissions] as const] : [],
  );
  return {
    given: new Map<string, readonly Permission[]>([...known, ...others]),
    isAway: newest.error !== null || answers.some(({ error }) => error !== null),
  };
}

const membersOf = (id: string) => ({ params: { path: { id }, query: { limit: MEMBERS } } });

/** Key under which the pages of a group are stored. */
export function membersKey(id: string): readonly unknown[] {
  return $api.queryOptions('get', '/api/v1/groups/{id}', membersOf(id)).queryKey;
}

/** A group and its members, page by page. */
export function useGroup(id: string) {
  return $api.useInfiniteQuery('get', '/api/v1/groups/{id}', membersOf(id), {
    pageParamName: 'cursor',
    // Null is left out of the query; the default of the hook, 0, is not.
    initialPageParam: null as never,
    getNextPageParam: ({ membersNext }) => membersNext ?? undefined,
    select: ({ pages }) => ({
      ...pages[0]!,
      members: pages.flatMap(({ members }) => members),
    }),
  });
}

/** Returns how to show an answer about a group at once, before it is fetched again. */
export function useStoreGroup(): (group: Group | undefined) => void {
  const queries = useQueryClient();
  return (group) => {
    if (!group) return;
    const { name, permissions, version } = group;
    queries.setQueryData<InfiniteData<Group>>(
      membersKey(group.id),
      (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({ ...page, name, permissions, version })),
        },
    );
  };
}
