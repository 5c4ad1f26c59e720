import { useEffect, useState } from 'react';

/** Browsers without `requestIdleCallback` are taken as idle after this. */
const SOON_MS = 500;

/** Returns true once the browser is idle: parts that the first paint does without come then. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const become = (): void => setIdle(true);
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(become, SOON_MS);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(become);
    return () => cancelIdleCallback(handle);
  }, []);
  return isIdle;
}
