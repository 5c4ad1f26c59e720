import { useEffect, useState } from 'react';
import type { useEntries } from './queries';

/**
 * Leads to an entry that another one names: fetches pages until it is among the rows. `returnTo` is
 * its id while it is looked for, and null once the table has given it the focus. `isMissing` when
 * it is not among the lines that the filters let through.
 */
export function useOtherEntry({
  data,
  error,
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: ReturnType<typeof useEntries>): {
  returnTo: string | null;
  show: (id: string) => void;
  isMissing: boolean;
} {
  const [wanted, setWanted] = useState<string | null>(null);
  const isThere = data?.some(({ id }) => id === wanted) === true;
  const isFurther = wanted !== null && !isThere && hasNextPage && error === null;
  useEffect(() => {
    if (isThere) setWanted(null);
    else if (isFurther && !isFetchingNextPage) void fetchNextPage();
  }, [isThere, isFurther, isFetchingNextPage, fetchNextPage]);
  const isMissing = wanted !== null && data !== undefined && !isThere && !hasNextPage;
  return { returnTo: wanted, show: setWanted, isMissing };
}
