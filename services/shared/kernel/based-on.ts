import { staleVersion } from './errors';

/** Versions that a change may be based on: any, or one of the list. */
export type BasedOn = 'any' | readonly number[];

/** Throws 412 `stale-version` when the change is not based on `version`. */
export function requireVersion(basedOn: BasedOn, version: number): void {
  if (basedOn !== 'any' && !basedOn.includes(version)) throw staleVersion();
}
