type Stop = () => Promise<void>;

// Jest loads setup and teardown as separate modules that share only the process.
const holder = globalThis as { stopTestPostgres?: Stop };

/** Stores the function that stops the server of the setup. */
export function keepRunning(stop: Stop): void {
  holder.stopTestPostgres = stop;
}

/** Stops the server of the setup, if it started one. */
export async function stopRunning(): Promise<void> {
  await holder.stopTestPostgres?.();
  delete holder.stopTestPostgres;
}
