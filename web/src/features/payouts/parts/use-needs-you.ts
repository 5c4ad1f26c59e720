import { useEffect, useMemo } from 'react';
import { $api } from '../../../api/client';
import { useNow } from '../../../ui/use-now';
import { usePayouts, type Asked, type Payout } from '../queries';

/** A payout without an answer of the bank needs somebody after this. */
const PATIENCE_MS = 900_000;

/**
 * Returns whether a payout needs a person: it failed, needs review, has had no answer of the bank
 * for a while (unless its file waits for the operator), or was sent back since `closedAt`, the last
 * closing: the next one pays it again.
 */
export function needsYou(payout: Payout, now: number, closedAt: string | undefined): boolean {
  const { state, attempts, reasonCode, timeline } = payout;
  if (state === 'failed' || state === 'needs_review') return true;
  if (state === 'unknown') {
    const startedAt = attempts.at(-1)?.at;
    const isLong = startedAt !== undefined && now - Date.parse(startedAt) > PATIENCE_MS;
    return isLong && reasonCode !== 'waits-for-operator';
  }
  if (state !== 'returned') return false;
  const returnedAt = timeline.find(({ kind }) => kind === 'returned')?.at;
  return closedAt === undefined || returnedAt === undefined || returnedAt >= closedAt;
}

/** Payouts that need a person; `data` is undefined until some are found or all looked through. */
export function useNeedsYou(asked: Asked, isEnabled: boolean) {
  const list = usePayouts(asked, 'needs-you', isEnabled);
  const { data: account } = $api.useQuery('get', '/api/v1/accounts/me', {});
  const closedAt = account?.openDay.from;
  const now = useNow();
  const found = useMemo(
    () => list.data?.filter((payout) => needsYou(payout, now, closedAt)),
    [list.data, now, closedAt],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = list;
  const isFurther = found?.length === 0 && hasNextPage;
  useEffect(() => {
    if (isFurther && !isFetchingNextPage && error === null) void fetchNextPage();
  }, [isFurther, isFetchingNextPage, error, fetchNextPage]);
  return {
    ...list,
    data: isFurther ? undefined : found,
    /** How many there are; undefined while only a part is looked through. */
    count: hasNextPage ? undefined : found?.length,
  };
}
