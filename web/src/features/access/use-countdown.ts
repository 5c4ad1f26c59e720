import { useCallback, useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/** Counts seconds down to zero; returns those left, and how to start. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), SECOND_MS);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, useCallback((seconds: number) => setLeft(seconds), [])];
}
