import { invariants } from './invariants';
import { withReadOnly, type UrlOf } from './read-only';
import { waitForRest } from './rest';

/** Result of a money check. */
export interface MoneyCheck {
  /** Work still under way at the timeout; if there is any, no invariant was checked. */
  unsettled: string[];
  /** Each invariant with its violations; empty when it holds. */
  results: { name: string; broken: string[] }[];
}

/** Default timeout of the wait for rest, in ms. */
export const REST_MS = 60_000;

/** Waits until nothing is under way, then checks every invariant whose databases are given. */
export function checkMoney(urlOf: UrlOf, restMs: number = REST_MS): Promise<MoneyCheck> {
  return withReadOnly(urlOf, async (read) => {
    const unsettled = await waitForRest(read, restMs, urlOf('bank') !== undefined);
    if (unsettled.length > 0) return { unsettled, results: [] };
    const results = [];
    for (const { name, needs, broken } of invariants) {
      const isHere = needs === undefined || urlOf(needs) !== undefined;
      if (isHere) results.push({ name, broken: await broken(read) });
    }
    return { unsettled, results };
  });
}
