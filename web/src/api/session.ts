import { useQuery, type QueryClient } from '@tanstack/react-query';
import { $api, api, type Permission, type Schemas } from './client';
import { toProblem } from './problems';

export type User = Schemas['User'];
export type Settings = Schemas['Settings'];
type CurrentSession = Schemas['CurrentSession'];

/** Settings change with a release only. */
const SETTINGS_STALE_MS = 3_600_000;
const STALE_MS = 10_000;
const UNAUTHORIZED = 401;
/** The key that every read of this path has. */
const KEY = ['get', '/api/v1/session'] as const;
/** Put into the page by the gateway: whether the browser sent a session cookie. */
const COOKIE_META = 'meta[name="popug-session"]';

/**
 * Returns the session, or null when nobody is signed in. Throws 401 when the session of `known` has
 * ended: the page asks for the beak shape again and loses nothing.
 */
export async function readSession(known?: CurrentSession | null): Promise<CurrentSession | null> {
  try {
    const { data } = await api.GET('/api/v1/session');
    return data ?? null;
  } catch (error) {
    if (toProblem(error).status === UNAUTHORIZED && !known) return null;
    throw error;
  }
}

/** Who is signed in: null for nobody, undefined while that is not known. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ client }) => readSession(client.getQueryData<CurrentSession | null>(KEY)),
    // Nobody becomes somebody by logging in here only.
    staleTime: ({ state }) => (state.data === null ? Infinity : STALE_MS),
  });
}

/** Stores who is signed in, after logging in or out; what the one before had read is forgotten. */
export function becomeSession(queries: QueryClient, session: CurrentSession | null): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== '/api/v1/settings' });
  queries.setQueryData(KEY, session);
}

/** A browser without a session cookie is not asked who is signed in. */
export function startSession(queries: QueryClient): void {
  const isKept = document.querySelector<HTMLMetaElement>(COOKIE_META)?.content;
  if (isKept === 'none') queries.setQueryData(KEY, null);
}

/** Returns the person who is signed in; undefined for nobody, and while that is not known. */
export function useMe(): User | undefined {
  return useSession().data?.user;
}

/** Returns whether the signed-in person has a permission; false while that is not known. */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

/** What everybody may know: currency, business zone, cut-off, languages. */
export function useSettings() {
  return $api.useQuery('get', '/api/v1/settings', {}, { staleTime: SETTINGS_STALE_MS });
}
