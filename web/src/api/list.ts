import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { $api, type Paths } from './client';

/** Rows that a request fetches. */
export const PAGE = 100;

/** Paths whose GET answers a list: items, and the cursor of the next page. */
type ListPath = {
  [Path in keyof Paths]: Paths[Path] extends {
    get: {
      responses: { 200: { content: { 'application/json': { items: unknown[]; next: unknown } } } };
    };
  }
    ? Path
    : never;
}[keyof Paths];

type Get<Path extends ListPath> = Paths[Path]['get'];
type Answer<Path extends ListPath> =
  Get<Path> extends {
    responses: { 200: { content: { 'application/json': infer Body } } };
  }
    ? Body
    : never;
export type ItemOf<Path extends ListPath> =
  Answer<Path> extends { items: (infer Item)[] } ? Item : never;
type ParametersOf<Path extends ListPath> = Get<Path> extends { parameters: infer P } ? P : never;
type QueryOf<Path extends ListPath> = ParametersOf<Path> extends { query?: infer Q } ? Q : never;
type PathOf<Path extends ListPath> = ParametersOf<Path> extends { path: infer P } ? P : never;

interface ListOptions {
  enabled?: boolean;
  /** Rows that a request fetches, of a list whose rows are large. */
  limit?: number;
}

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Declared once: a function of its own in each render would compare all rows each time. */
const rowsOf = ({ pages }: InfiniteData<Page<unknown>>): unknown[] =>
  pages.flatMap(({ items }) => items);

/** Parameters of a list: `cursor` and `limit` are set here. */
type Asked<Path extends ListPath> = {
  query?: Omit<NonNullable<QueryOf<Path>>, 'cursor' | 'limit'>;
} & ([PathOf<Path>] extends [never] ? object : { path: PathOf<Path> });

/** List of the API, page by page; `data` holds the rows of all pages that were fetched. */
export function useList<Path extends ListPath>(
  path: Path,
  asked: Asked<Path>,
  { limit = PAGE, ...options }: ListOptions = {},
) {
  const query = { ...asked.query, limit };
  const list = $api.useInfiniteQuery(
    'get',
    path as never,
    { params: { ...asked, query } } as never,
    {
      ...options,
      pageParamName: 'cursor',
      // Null is left out of the query; the default of the hook, 0, is not.
      initialPageParam: null,
      getNextPageParam: (last: Page<unknown>) => last.next ?? undefined,
      select: rowsOf,
    } as never,
  );
  return list as unknown as UseInfiniteQueryResult<ItemOf<Path>[], unknown>;
}
