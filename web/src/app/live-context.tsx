import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { Live, type Hint } from '../api/live';
import { useMe } from '../api/session';

const LiveContext = createContext<Live | null>(null);

/** Keeps the pages inside fresh while somebody is signed in. */
export function LiveProvider({ children }: { children: React.ReactNode }) {
  const queries = useQueryClient();
  const userId = useMe()?.id;
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    if (userId === undefined) return;
    const started = new Live(queries);
    started.start();
    setLive(started);
    return () => {
      started.stop();
      setLive(null);
    };
  }, [queries, userId]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Returns what keeps the page fresh; null before it has started. */
export function useLive(): Live | null {
  return useContext(LiveContext);
}

/** Calls back for each hint of what changed. */
export function useHints(hear: (hint: Hint) => void): void {
  const live = useLive();
  useEffect(() => live?.onHint(hear), [live, hear]);
}
