import { Suspense, lazy } from 'react';
import { addDays, type Day } from '../../../lib/time';
import { useStatementDays } from '../../../shared/statement/queries';

const DAYS = 30;
const LEAST = 2;
const Drawn = lazy(async () => ({ default: (await import('./drawn-balance')).DrawnBalance }));

/** The balance at the end of each of the last thirty days; nothing before there are two. */
export function BalanceChart({ openDay }: { openDay: Day }) {
  const { data } = useStatementDays('me', { from: addDays(openDay, 1 - DAYS), to: openDay });
  const days = data?.items ?? [];
  if (days.length < LEAST) return null;
  return (
    <Suspense fallback={null}>
      <Drawn days={days} />
    </Suspense>
  );
}
