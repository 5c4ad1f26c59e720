type Stop = () => Promise<void>;

// Jest loads setup and teardown as separate modules; the process is all they share.
const holder = globalThis as { stopTestPostgres?: Stop };

/** Remembers how to stop the server that the setup started. */
export function keepRunning(stop: Stop): void {
  holder.stopTestPostgres = stop;
}

/** Stops the server that the setup started, if it had to start one. */
export async function stopRunning(): Promise<void> {
  await holder.stopTestPostgres?.();
  delete holder.stopTestPostgres;
}
