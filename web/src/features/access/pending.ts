/** Who has just signed up, to be logged in once the account is open. */
interface Pending {
  id: string;
  login: string;
  beakShape: string;
}

/** In memory alone: a reload forgets it, and the beak shape is asked for. */
let pending: Pending | null = null;

/** Keeps the beak shape of a registration until its account is open. */
export function keepPending(registration: Pending): void {
  pending = registration;
}

/** Returns what was kept of a registration; null after a reload. */
export function pendingOf(id: string): Pending | null {
  return pending?.id === id ? pending : null;
}

/** Forgets it: somebody is logged in. */
export function forgetPending(): void {
  pending = null;
}
