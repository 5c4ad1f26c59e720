import { crashPointOfEnv } from '../config/env';

/**
 * Steps between which a crash must lose, duplicate and hide nothing. The fault tests kill the
 * process at each of them; `docs/architecture.md` says what happens next.
 */
export type CrashPoint =
  | 'outbox:before-commit'
  | 'outbox:claimed'
  | 'outbox:published'
  | 'outbox:marked'
  | 'inbox:recorded'
  | 'inbox:before-commit'
  | 'inbox:after-commit'
  | 'payout:closed'
  | 'payout:claimed'
  | 'payout:transferred'
  | 'payout:recorded'
  | 'payout:letter-sent';

const chosen = crashPointOfEnv();

/** Kills the process (SIGKILL) when the environment names this point; otherwise does nothing. */
export function crashPoint(point: CrashPoint): void {
  if (chosen === point) process.kill(process.pid, 'SIGKILL');
}
