import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Databases } from './databases';
import { baseEnvironment, ourEnvironment } from './environment';
import { DIST, ROOT } from './folders';
import type { FilledOptions } from './options';
import { LOOPBACK, supportPorts } from './ports';
import type { Processes } from './processes';
import { answers, until } from './wait';

const READY_MS = 30_000;
const BANK_ENTRY = 'services/payment/testing/sandbox-bank/main.js';

const MAIL_CATCHER = join(__dirname, 'mail-catcher.ts');

/** Starts the mail catcher and waits until its page answers. */
export async function startMail(options: FilledOptions, processes: Processes): Promise<void> {
  const ports = supportPorts(options.portOffset);
  const mailDirectory = join(options.dataDirectory, 'mail');
  const args = ['--import', 'tsx', MAIL_CATCHER, mailDirectory, ports.smtp, ports.mail];
  const catcher = processes.add({
    name: 'mail',
    command: process.execPath,
    args: args.map(String),
    cwd: ROOT, // where tsx is found
    env: baseEnvironment(),
    respawn: true,
  });
  catcher.start();
  const wait = { what: 'the mail catcher', timeoutMs: READY_MS, signal: options.signal };
  await until(wait, () => {
    if (!catcher.isHopeful) throw new Error(`The mail catcher ended:\n${catcher.lastLines()}`);
    return answers(`http://${LOOPBACK}:${ports.mail}/api/healthz`);
  });
}

/** Starts the sandbox bank, which replaces the real bank, and waits until it is ready. */
export async function startBank(
  options: FilledOptions,
  processes: Processes,
  databases: Databases,
): Promise<void> {
  const entry = join(DIST, BANK_ENTRY);
  if (!existsSync(entry)) throw new Error('The sandbox bank is not compiled: npm run build');
  const { bank: port, mail } = supportPorts(options.portOffset);
  const bank = processes.add({
    name: 'bank',
    command: process.execPath,
    args: [entry],
    cwd: ROOT,
    env: {
      ...baseEnvironment(),
      HOST: LOOPBACK,
      PORT: String(port),
      LOG_LEVEL: ourEnvironment.logLevel,
      LETTERS_URL: `http://${LOOPBACK}:${mail}/`,
      DATABASE_URL: databases.url('bank', 'owner'),
    },
    respawn: options.supervise,
  });
  bank.start();
  const wait = { what: 'the sandbox bank', timeoutMs: READY_MS, signal: options.signal };
  await until(wait, () => {
    if (!bank.isHopeful) throw new Error(`The sandbox bank ended:\n${bank.lastLines()}`);
    return answers(`http://${LOOPBACK}:${port}/health/live`);
  });
}
