import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { $api, type Schemas } from './client';

export type Person = Schemas['Person'];

/** Ids that `GET /people` takes at a time. */
const AT_ONCE = 100;
/** Names change seldom; a hint of the user refreshes them. */
const STALE_MS = 300_000;
const SHOWN_OF_ID = 4;

type Ids = readonly (string | null | undefined)[];

/** Splits ids that are not known yet into what `GET /people` takes at a time. */
function batchesOf(ids: Ids, known: Set<string>): string[][] {
  const fresh = [...new Set(ids)].filter((id): id is string => !!id && !known.has(id)).sort();
  for (const id of fresh) known.add(id);
  return Array.from({ length: Math.ceil(fresh.length / AT_ONCE) }, (_, place) =>
    fresh.slice(place * AT_ONCE, (place + 1) * AT_ONCE),
  );
}

/** Declared once, so that the names stay the same object while no answer changes. */
function namesOf(answers: readonly { data?: { items: Person[] } | undefined }[]) {
  const people = answers.flatMap(({ data }) => data?.items ?? []);
  return new Map(people.map(({ id, nickname }) => [id, nickname]));
}

/**
 * Returns the name of a person: the nickname, or the beginning of the id while names cannot be had.
 * More ids, as a list grows, are asked for beside those of before, whose names stay.
 */
export function usePeople(ids: Ids): (id: string) => string {
  const [asked] = useState(() => ({ known: new Set<string>(), batches: [] as string[][] }));
  asked.batches.push(...batchesOf(ids, asked.known));
  const names = useQueries({
    queries: asked.batches.map((batch) => ({
      ...$api.queryOptions('get', '/api/v1/people', {
        params: { query: { ids: batch.join(','), limit: AT_ONCE } },
      }),
      staleTime: STALE_MS,
    })),
    combine: namesOf,
  });
  return useCallback((id) => names.get(id) ?? `#${id.slice(0, SHOWN_OF_ID)}…`, [names]);
}
