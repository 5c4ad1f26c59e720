import { useMedia } from './use-media';

/** Returns whether the window is as narrow as a phone: rows become cards there. */
export function useIsPhone(): boolean {
  return useMedia('(max-width: 639px)');
}
