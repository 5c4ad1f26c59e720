/**
 * `npm run bench:exports [rows]`: downloads a statement of a million rows as a file from Account,
 * which runs as a process of its own on a test database (TEST_POSTGRES_URL); Board is a
 * fake that knows every title. Prints the time, the size and the peak memory of the service.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccountDatabase } from '../services/account/data-source';
import { jwks } from '../services/shared/contracts/calls/auth';
import { taskDetails } from '../services/shared/contracts/calls/board';
import { newId } from '../services/shared/kernel/ids';
import { runProgram } from '../services/shared/runtime/run-program';
import { eventually } from '../services/shared/testing/eventually';
import { Neighbours } from '../services/shared/testing/neighbours';
import { asOwner, createTestDatabase } from '../services/shared/testing/test-database';
import {
  TEST_APP_TOKEN,
  testEnv,
  testJwk,
  tokenFor,
} from '../services/shared/testing/test-service';

const ROWS = 1_000_000;
const DAYS = 30;
const FIRST_DAY = '2026-03-01';
const KB_PER_MB = 1_024;
const BYTES_PER_MB = 1_048_576;
const MS_PER_SECOND = 1_000;

/** One employee with a fee per row, over thirty open days. */
const fill = (userId: string, rows: number): string[] => [
  `INSERT INTO accounts (id, kind, user_id) VALUES (uuid_v7(), 'employee', '${userId}')`,
  `INSERT INTO business_days (day, cut_off_at)
   SELECT day, day + interval '15 hours'
   FROM generate_series('${FIRST_DAY}'::date, '${FIRST_DAY}'::date + ${DAYS - 1}, '1 day') AS day`,
  `INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
   SELECT gen_random_uuid(), 1, 2000, 1000, 2000 FROM generate_series(1, ${rows})`,
  'ALTER TABLE transfers DISABLE TRIGGER transfers_fit',
  `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
     business_day, task_id, assignment_number, event_id, occurred_at)
   SELECT gen_random_uuid(), 'fee', payer.id, company.id, fee_cents,
     '${FIRST_DAY}'::date + (row_number() OVER () % ${DAYS})::integer, task_id, 1,
     gen_random_uuid(), now()
   FROM prices, accounts AS payer, accounts AS company
   WHERE payer.user_id = '${userId}' AND company.kind = 'management'`,
  'ANALYZE',
];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Peak resident memory of a process in MB (Linux). */
function peakMb(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / KB_PER_MB);
}

async function download(url: string, userId: string): Promise<object> {
  const begun = performance.now();
  const headers = {
    authorization: `Bearer ${tokenFor({ id: userId })}`,
    'dapr-api-token': TEST_APP_TOKEN,
  };
  const answer = await fetch(url, { headers });
  if (answer.status !== 200) throw new Error(await answer.text());
  const firstMs = performance.now() - begun;
  let bytes = 0;
  let lines = 0;
  for await (const part of answer.body!) {
    bytes += (part as Uint8Array).length;
    for (const byte of part as Uint8Array) if (byte === 10) lines += 1;
  }
  return {
    rows: lines - 1,
    MB: Math.round(bytes / BYTES_PER_MB),
    'first byte s': (firstMs / MS_PER_SECOND).toFixed(1),
    'all s': ((performance.now() - begun) / MS_PER_SECOND).toFixed(1),
  };
}

async function main(): Promise<void> {
  const rows = Number(process.argv[2] ?? ROWS);
  const userId = newId();
  const neighbours = new Neighbours();
  neighbours.answer(jwks, () => ({ keys: [{ ...testJwk, kty: 'EC' }] }));
  neighbours.answer(taskDetails, ({ body }) => ({
    tasks: body.taskIds.map((id) => ({ id, title: `Task ${id}`, jiraId: 'UBERPOP-42' })),
  }));
  const test = await createTestDatabase(createAccountDatabase);
  await asOwner(test, fill(userId, rows));
  const port = await freePort();
  const service = spawn('node', ['--import', 'tsx', 'services/account/main.ts'], {
    env: {
      ...process.env,
      ...testEnv(await neighbours.start()),
      DATABASE_URL: test.url,
      PORT: String(port),
      METRICS_PORT: String(await freePort()),
      MANAGEMENT_BANK_ACCOUNT: '40702810000000000001',
      LOG_LEVEL: 'warn',
    },
    stdio: 'inherit',
  });
  try {
    const base = `http://127.0.0.1:${port}`;
    await eventually('the service to listen', async () => (await fetch(`${base}/health/live`)).ok);
    const idle = peakMb(service.pid!);
    const url = `${base}/accounts/me/entries.csv?from=${FIRST_DAY}&to=2026-03-30`;
    const figures = await download(url, userId);
    console.table([{ ...figures, 'idle MB': idle, 'peak MB': peakMb(service.pid!) }]);
  } finally {
    service.kill();
    await neighbours.stop();
    await test.drop();
  }
}

runProgram(main);
