import { QueryClient } from '@tanstack/react-query';
import createFetchClient, { type Middleware } from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { isChangeRetried, isRetried, problemOf, retryDelayMs, toProblem } from './problems';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Permission = Schemas['User']['permissions'][number];
export type { paths as Paths };

/** Age from which data is fetched again when a page shows it anew, in milliseconds. */
const STALE_MS = 10_000;
const SAFE = ['GET', 'HEAD'];

/**
 * CSRF guard: browsers do not add custom headers to cross-site requests. Refusals and network
 * faults become one kind of error.
 */
const middleware: Middleware = {
  onRequest({ request }) {
    if (!SAFE.includes(request.method)) request.headers.set('x-popug-csrf', '1');
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
  onError({ error }) {
    return toProblem(error);
  },
};

/** The one client: typed by `docs/openapi.json`. */
export const api = createFetchClient<paths>({ baseUrl: location.origin });
api.use(middleware);

/** Hooks; the key of a query is `[method, path, parameters]`. */
export const $api = createClient(api);

/** Builds the store of fetched data. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: isRetried,
        retryDelay: retryDelayMs,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: isChangeRetried, retryDelay: retryDelayMs },
    },
  });
}

/** Fetches again what is on screen under these path prefixes, and forgets the rest of it. */
export async function invalidate(
  queries: QueryClient,
  ...prefixes: readonly string[]
): Promise<void> {
  await queries.invalidateQueries({
    predicate: ({ queryKey: [, path] }) =>
      prefixes.some((prefix) => typeof path === 'string' && path.startsWith(prefix)),
  });
}
