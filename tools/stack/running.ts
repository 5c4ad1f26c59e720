import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownedDatabaseNames } from '../../operations/postgres/databases';
import { parsePrepared } from './data-directory';
import { DATA_DIRECTORY } from './folders';
import { isAlive } from './is-alive';
import type { Stack } from './stack';

/** How one service of a running stack is reached. */
export interface RunningService {
  url: string;
  daprUrl: string;
  daprApiToken: string;
  appApiToken: string;
}

/**
 * Description of a running stack for other tools (seed, check-money, bench). Contains passwords:
 * only the owner can read the file.
 */
export interface RunningStack {
  /** The process that runs the stack. */
  pid: number;
  gatewayUrl: string;
  mailUrl: string;
  bankUrl: string;
  redisUrl: string;
  /** By database (`auth`, `user`, …, `bank`): urls of the owner and of the administrator. */
  databases: Record<string, { ownerUrl: string; administratorUrl: string }>;
  services: Record<string, RunningService>;
}

/** The file that describes the running stack of a data directory. */
export function runningFile(dataDirectory = DATA_DIRECTORY): string {
  return join(dataDirectory, 'stack.json');
}

/** Describes a stack for other processes. */
export function describeStack(stack: Stack): RunningStack {
  const databases = ownedDatabaseNames().map((name) => [
    name,
    {
      ownerUrl: stack.databases.url(name, 'owner'),
      administratorUrl: stack.databases.administratorUrl(name),
    },
  ]);
  const services = stack.services.map(({ name, url, daprUrl, daprApiToken, appApiToken }) => [
    name,
    { url, daprUrl, daprApiToken, appApiToken },
  ]);
  return {
    pid: process.pid,
    gatewayUrl: stack.gatewayUrl,
    mailUrl: stack.mailUrl,
    bankUrl: stack.bankUrl,
    redisUrl: stack.redisUrl,
    databases: Object.fromEntries(databases) as RunningStack['databases'],
    services: Object.fromEntries(services) as RunningStack['services'],
  };
}

/** The running stack of this data directory, or undefined. */
export function findRunningStack(dataDirectory = DATA_DIRECTORY): RunningStack | undefined {
  const file = runningFile(dataDirectory);
  if (!existsSync(file)) return undefined;
  const running = parsePrepared<RunningStack>(file, readFileSync(file, 'utf8'));
  return isAlive(running.pid) ? running : undefined;
}

/** The running stack. Throws when there is none. */
export function runningStack(dataDirectory = DATA_DIRECTORY): RunningStack {
  const running = findRunningStack(dataDirectory);
  if (!running) throw new Error('The product is not running: npm start');
  return running;
}
