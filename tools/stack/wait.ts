import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;
const PROBE_TIMEOUT_MS = 2_000;

/** What to wait for (named in the error), and for how long. */
export interface Wait {
  what: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Thrown when the time is over. */
export class WaitedInVain extends Error {
  constructor({ what, timeoutMs }: Wait) {
    super(`Waited ${timeoutMs / 1_000} s in vain for ${what}`);
  }
}

/** Polls `ask` until its answer is truthy. Throws after `timeoutMs` or when aborted. */
export async function until<T>(wait: Wait, ask: () => Promise<T> | T): Promise<NonNullable<T>> {
  const deadline = Date.now() + wait.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    wait.signal?.throwIfAborted();
    if (Date.now() > deadline) {
      throw new WaitedInVain(wait);
    }
    await delay(POLL_MS);
  }
}

/** Whether a GET is answered with a 2xx status. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
