import { Problem } from '../../kernel/errors';

/** Files that one process writes at a time: each has a database connection of its own. */
export const MAX_EXPORTS = 3;
const UNAVAILABLE = 503;
const RETRY_AFTER_SECONDS = 10;

let running = 0;

/**
 * Takes one of the places for files being written; the returned function gives it back, once. The
 * places are those of the process. Throws 503 `too-many-exports` with `Retry-After`.
 */
export function takeExportSlot(): () => void {
  if (running >= MAX_EXPORTS) {
    throw new Problem(UNAVAILABLE, 'too-many-exports', 'Other files are being written just now', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  running += 1;
  let isTaken = true;
  return () => {
    if (isTaken) running -= 1;
    isTaken = false;
  };
}
