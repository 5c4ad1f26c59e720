import { invariants } from './invariants';
import { withReadOnly, type UrlOf } from './read-only';
import { waitForRest } from './rest';

/** What the check found. */
export interface MoneyCheck {
  /** What was still under way when the waiting was over: then nothing was checked. */
  unsettled: string[];
  /** Each invariant with what breaks it; nothing when it holds. */
  results: { name: string; broken: string[] }[];
}

/** How long to wait for rest before giving up. */
export const REST_MS = 60_000;

/**
 * Waits until nothing is under way, then checks every invariant of the money whose databases are
 * here.
 */
export function checkMoney(urlOf: UrlOf, restMs: number = REST_MS): Promise<MoneyCheck> {
  return withReadOnly(urlOf, async (read) => {
    const unsettled = await waitForRest(read, restMs);
    if (unsettled.length > 0) return { unsettled, results: [] };
    const results = [];
    for (const { name, needs, broken } of invariants) {
      const isHere = needs === undefined || urlOf(needs) !== undefined;
      if (isHere) results.push({ name, broken: await broken(read) });
    }
    return { unsettled, results };
  });
}
