import { createHash } from 'node:crypto';

/**
 * What attempts are counted by: the person, whichever login was used and wherever from; a login
 * that is nobody's; the address; a device that the person was let in with before; the person who
 * replaces their own beak shape.
 */
type CounterKind = 'user' | 'login' | 'address' | 'device' | 'replacement' | 'row-broken';

/** Whose wrong attempts are counted together. */
export interface Counter {
  kind: CounterKind;
  /** SHA-256: people type secrets into the wrong field. */
  key: Buffer;
}

/** An attempt: the counter of whoever it is for, and that of where it comes from, if it counts. */
export interface Attempt {
  who: Counter;
  address: Counter | null;
}

/** The counter with this name. */
export function counterOf(kind: CounterKind, ...name: readonly string[]): Counter {
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ...name]))
    .digest();
  return { kind, key };
}

/** The counters of an attempt. */
export function countersOf({ who, address }: Attempt): Counter[] {
  return address ? [who, address] : [who];
}
