import { useEffect, useState } from 'react';
import type { useEntries } from './queries';

/**
 * Leads to an entry that another one names: fetches pages until it is among the rows. `returnTo` is
 * its id while it is looked for, and null once the table has given it the focus.
 */
export function useOtherEntry({
  data,
  error,
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: ReturnType<typeof useEntries>): { returnTo: string | null; show: (id: string) => void } {
  const [wanted, setWanted] = useState<string | null>(null);
  const isThere = data?.some(({ id }) => id === wanted) === true;
  const isFurther = wanted !== null && !isThere && hasNextPage && error === null;
  useEffect(() => {
    if (isThere) setWanted(null);
    else if (isFurther && !isFetchingNextPage) void fetchNextPage();
  }, [isThere, isFurther, isFetchingNextPage, fetchNextPage]);
  return { returnTo: wanted, show: setWanted };
}
