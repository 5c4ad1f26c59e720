import { useQueries } from '@tanstack/react-query';
import { $api, type Schemas } from './client';

export type Person = Schemas['Person'];

/** Ids that `GET /people` takes at a time. */
const AT_ONCE = 100;
/** Names change seldom; a hint of the user refreshes them. */
const STALE_MS = 300_000;
const SHOWN_OF_ID = 4;

/**
 * Returns the name of a person: the nickname, or the beginning of the id while names cannot be had.
 */
export function usePeople(ids: readonly (string | null | undefined)[]): (id: string) => string {
  const all = [...new Set(ids)].filter((id): id is string => !!id).sort();
  const parts = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, part) =>
    all.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
  const answers = useQueries({
    queries: parts.map((part) => ({
      ...$api.queryOptions('get', '/api/v1/people', {
        params: { query: { ids: part.join(','), limit: AT_ONCE } },
      }),
      staleTime: STALE_MS,
    })),
  });
  const names = new Map(
    answers.flatMap(({ data }) => data?.items ?? []).map(({ id, nickname }) => [id, nickname]),
  );
  return (id) => names.get(id) ?? `#${id.slice(0, SHOWN_OF_ID)}…`;
}
