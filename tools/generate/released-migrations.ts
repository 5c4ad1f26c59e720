import { createHash } from 'node:crypto';
import { createAccountDatabase } from '../../services/account/data-source';
import { createAuthDatabase } from '../../services/auth/data-source';
import { createBoardDatabase } from '../../services/board/data-source';
import { createPaymentDatabase } from '../../services/payment/data-source';
import type { Database } from '../../services/shared/db/data-source';
import type { Migration } from '../../services/shared/db/migration';
import { createUserDatabase } from '../../services/user/data-source';
import { committedText, jsonFile, type GeneratedFile } from './generated-file';

/** How each service with a database makes its data source. */
export const createDatabase = {
  account: createAccountDatabase,
  auth: createAuthDatabase,
  board: createBoardDatabase,
  payment: createPaymentDatabase,
  user: createUserDatabase,
} as const satisfies Record<string, (url: string) => Database>;

/** A service with migrations. */
export type Migrating = keyof typeof createDatabase;

export const migrating = Object.keys(createDatabase) as Migrating[];

/** For each service, its migrations in their order: name → SHA-256 of what is run, as hex. */
export type Checksums = Record<string, Record<string, string>>;

const PATH = 'test/databases/released-migrations.json';

function checksum({ sql, transaction }: Migration): string {
  return createHash('sha256').update(`${transaction ?? true}\n${sql}`).digest('hex');
}

function checksumsOf(service: Migrating): Record<string, string> {
  const { migrations } = createDatabase[service]('postgres://nobody@127.0.0.1/none').options;
  const all = (migrations as (new () => Migration)[]).map((Made) => new Made());
  return Object.fromEntries(all.map((migration) => [migration.name, checksum(migration)]));
}

/** The checksums of the migrations in the code. */
export function currentChecksums(): Checksums {
  return Object.fromEntries(migrating.map((service) => [service, checksumsOf(service)]));
}

function committedChecksums(): Checksums {
  return JSON.parse(committedText(PATH) ?? '{}') as Checksums;
}

/** The listed migrations that the code does not have any more as they were listed. */
export function changedMigrations(
  current: Checksums = currentChecksums(),
  committed: Checksums = committedChecksums(),
): string[] {
  return Object.entries(committed).flatMap(([service, listed]) =>
    Object.entries(listed)
      .filter(([name, sum]) => current[service]?.[name] !== sum)
      .map(([name]) => `${service} ${name}`),
  );
}

/** What to do about a listed migration that was changed. */
export const CHANGED_MIGRATIONS =
  'Listed migrations were changed or are gone. Databases that ran them stay as they are: undo the ' +
  `change and add a new migration. One that is in no release yet: delete its line in ${PATH}.`;

/** The list of all migrations with their checksums. */
export function releasedMigrationsFile(): GeneratedFile {
  return jsonFile(PATH, currentChecksums());
}
