import { useQueryClient } from '@tanstack/react-query';
import { $api, type Schemas } from '../../api/client';

export type SeenUser = Schemas['SeenUser'];

/** What changes with a person: pages, names, and maybe one's own session. */
export const USER_TOUCHES = ['/api/v1/users', '/api/v1/people', '/api/v1/session'] as const;

/** One person. */
export function useUser(id: string) {
  return $api.useQuery('get', '/api/v1/users/{id}', { params: { path: { id } } });
}

/** Returns how to show an answer about a person at once, before the list is fetched again. */
export function useStoreUser(): (user: SeenUser | undefined) => void {
  const queries = useQueryClient();
  return (user) => {
    if (!user) return;
    const asked = { params: { path: { id: user.id } } };
    const { queryKey } = $api.queryOptions('get', '/api/v1/users/{id}', asked);
    queries.setQueryData(queryKey, user);
  };
}
