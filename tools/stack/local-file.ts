import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoLogin } from '../../operations/company/seed-company';
import { parsePrepared } from './data-directory';
import { DATA_DIRECTORY } from './folders';
import { writePrivate } from './put-in-place';
import type { Stack } from './stack';

/** Logins of the demo data; `tools/stack/seed.ts` writes the file last, so it marks seeded data. */
export const LOGINS_FILE = join(DATA_DIRECTORY, 'logins.json');

/** Urls, ports and logins of the running product; written when everything is ready. */
export const LOCAL_FILE = join(DATA_DIRECTORY, 'local.json');

/** The logins of the demo data; empty before it is loaded. */
export function demoLogins(): DemoLogin[] {
  if (!existsSync(LOGINS_FILE)) return [];
  return parsePrepared<DemoLogin[]>(LOGINS_FILE, readFileSync(LOGINS_FILE, 'utf8'));
}

/** Removes the logins: their data is gone. */
export async function forgetLogins(): Promise<void> {
  await rm(LOGINS_FILE, { force: true });
}

/** Writes urls, ports and logins of the running product for people and programs. */
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
