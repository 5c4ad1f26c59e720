import { createHash } from 'node:crypto';

/**
 * Kinds of counters: `user`, over all logins and addresses; `login`, of nobody known; `address`;
 * `device`, a known one of a person; `replacement`, of one's own beak shape. `row-broken` counts
 * nothing: it dates the last clearing of an address's counter by a person's right login.
 */
type CounterKind = 'user' | 'login' | 'address' | 'device' | 'replacement' | 'row-broken';

/** Counter of wrong attempts. */
export interface Counter {
  kind: CounterKind;
  /** SHA-256 of kind and name: people type secrets into the wrong field. */
  key: Buffer;
}

/** Counters of an attempt: of its target, and of its address unless the device is known. */
export interface Attempt {
  who: Counter;
  address: Counter | null;
}

/** Returns the counter with this name. */
export function counterOf(kind: CounterKind, ...name: readonly string[]): Counter {
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ...name]))
    .digest();
  return { kind, key };
}

/** Returns the counters of an attempt. */
export function countersOf({ who, address }: Attempt): Counter[] {
  return address ? [who, address] : [who];
}
