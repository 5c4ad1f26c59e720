import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;
/** Longer than the redelivery of an event to a restarted service: 10 s in the end-to-end tests. */
const DEFAULT_TIMEOUT_MS = 45_000;

/**
 * Polls `probe` until it returns something other than null, undefined or false; returns that.
 * Throws with `what` after `timeoutMs`; the last error of the probe is the cause.
 */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value !== null && value !== undefined && value !== false) return value;
    } catch (error) {
      cause = error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`, { cause });
}
