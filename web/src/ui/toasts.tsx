import { Suspense, lazy } from 'react';
import type { Problem } from '../api/problems';

/** Failure of something that was tried. */
export interface Failure {
  /** What did not happen: "Not finished". */
  what: string;
  problem: Problem;
  /** Sends the same again, under the same idempotency key. */
  onRetry?: () => void;
}

const load = () => import('./floating');
const Floating = lazy(async () => ({ default: (await load()).Toaster }));

/** Place of the toasts, for the shell. */
export function Toasts() {
  return (
    <Suspense fallback={null}>
      <Floating />
    </Suspense>
  );
}

/** Says that something was done, for five seconds. */
export function sayDone(text: string): void {
  void load().then(({ showDone }) => showDone(text));
}

/** Says that something failed, until it is closed. */
export function sayFailed(failure: Failure): void {
  void load().then(({ showFailure }) => showFailure(failure));
}
