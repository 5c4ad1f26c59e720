import { useEffect, useState } from 'react';
import { $api } from '../../api/client';

/** Delays between two questions: quick at first, since an account opens in about a second. */
const FIRST_MS = 500;
const GROWTH = 1.3;
const LONGEST_MS = 3_000;
const SECOND_MS = 1_000;

/** Returns how far a registration has come; asks again until it is decided. */
export function useRegistration(id: string) {
  return $api.useQuery(
    'get',
    '/api/v1/sign-up/{id}',
    { params: { path: { id } } },
    {
      staleTime: 0,
      refetchInterval: ({ state: { data, dataUpdateCount } }) => {
        if (data && data.status !== 'inactive') return false;
        return Math.min(LONGEST_MS, FIRST_MS * GROWTH ** dataUpdateCount);
      },
    },
  );
}

/** Returns the seconds since the page opened. */
export function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
