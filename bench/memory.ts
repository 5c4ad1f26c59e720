/** `npm run bench:memory`: resident memory of each process of an idle product. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startExchange } from '../test/e2e/support/exchange';
import { runProgram } from '../services/shared/runtime/run-program';

const IDLE_MS = 30_000;
const KB_PER_MB = 1_024;

/** Resident set size in MB (VmRSS of Linux). */
function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1] ?? 0) / KB_PER_MB);
}

async function main(): Promise<void> {
  const exchange = await startExchange();
  try {
    await exchange.hire();
    await sleep(IDLE_MS);
    const rows = exchange.stack.services.map(({ name }) => [
      name,
      {
        'app MB': residentMb(exchange.stack.pid(name)!),
        'sidecar MB': residentMb(exchange.stack.pid(`${name}.sidecar`)!),
      },
    ]);
    console.table(Object.fromEntries(rows));
  } finally {
    await exchange.stop();
  }
}

runProgram(main);
