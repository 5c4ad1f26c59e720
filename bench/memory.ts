/**
 * `npm run bench:memory`: resident memory of each process of an idle product. `own` is memory that
 * no file backs; the rest of `app` are pages of the program file, shared by all its processes.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startExchange } from '../test/e2e/support/exchange';
import { runProgram } from '../services/shared/runtime/run-program';

const IDLE_MS = 30_000;
const KB_PER_MB = 1_024;

/** Resident memory in MB (Linux): all of it (VmRSS), or the part that no file backs (RssAnon). */
function residentMb(pid: number, kind: 'VmRSS' | 'RssAnon' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = new RegExp(`${kind}:\\s+(\\d+) kB`).exec(status) ?? [];
  return Math.round(Number(kilobytes ?? 0) / KB_PER_MB);
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
        'own MB': residentMb(exchange.stack.pid(name)!, 'RssAnon'),
        'sidecar MB': residentMb(exchange.stack.pid(`${name}.sidecar`)!),
      },
    ]);
    console.log(`Node.js ${process.version}`);
    console.table(Object.fromEntries(rows));
  } finally {
    await exchange.stop();
  }
}

runProgram(main);
