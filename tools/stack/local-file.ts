import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoLogin } from '../../operations/company/seed-company';
import { parsePrepared } from './data-directory';
import { DATA_DIRECTORY } from './folders';
import { writePrivate } from './put-in-place';
import type { Stack } from './stack';

/** Written by `tools/stack/seed.ts` when it is done; its presence says that there is demo data. */
export const LOGINS_FILE = join(DATA_DIRECTORY, 'logins.json');

/** Where a running product is and who can log in; written when all is ready. */
export const LOCAL_FILE = join(DATA_DIRECTORY, 'local.json');

/** The logins of the demo data, none before it is there. */
export function demoLogins(): DemoLogin[] {
  if (!existsSync(LOGINS_FILE)) return [];
  return parsePrepared<DemoLogin[]>(LOGINS_FILE, readFileSync(LOGINS_FILE, 'utf8'));
}

/** Forgets the logins: their data is gone. */
export async function forgetLogins(): Promise<void> {
  await rm(LOGINS_FILE, { force: true });
}

/** Says, for people and programs, where everything is. */
export async function writeLocalFile(stack: Stack): Promise<void> {
  const services = stack.services.map(({ name, ports }) => [name, ports]);
  const content = {
    gateway: stack.gatewayUrl,
    mail: stack.mailUrl,
    bank: stack.bankUrl,
    logins: demoLogins(),
    services: Object.fromEntries(services),
  };
  await writePrivate(LOCAL_FILE, `${JSON.stringify(content, null, 2)}\n`);
}
