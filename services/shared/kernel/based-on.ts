import { staleVersion } from './errors';

/** The versions of a thing that a change may be based on: whatever it is, or one of these. */
export type BasedOn = 'any' | readonly number[];

/** Throws 412 when the thing has a version that the change is not based on. */
export function requireVersion(basedOn: BasedOn, version: number): void {
  if (basedOn !== 'any' && !basedOn.includes(version)) throw staleVersion();
}
