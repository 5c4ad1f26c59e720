import { createHash } from 'node:crypto';
import { catalogue, type ServiceName } from '../../services/catalogue';
import type { Database } from '../../services/shared/db/data-source';
import type { Migration } from '../../services/shared/db/migration';
import { committedText, jsonFile, type GeneratedFile } from './generated-file';
import { databaseOf } from './programs';

const services = catalogue.filter(({ migrates }) => migrates !== null);

/** Names of the services with migrations. */
export const migrating: readonly ServiceName[] = services.map(({ name }) => name);

/** Data source of each service with migrations, not connected yet. */
export const createDatabase: Record<string, (url: string) => Database> = Object.fromEntries(
  services.map((service) => [service.name, databaseOf(service)]),
);

/** Migrations of each service, in order: name → SHA-256 of the SQL that runs, as hex. */
export type Checksums = Record<string, Record<string, string>>;

const PATH = 'test/databases/released-migrations.json';

function checksum({ sql, transaction }: Migration): string {
  return createHash('sha256')
    .update(`${transaction ?? true}\n${sql}`)
    .digest('hex');
}

function checksumsOf(service: ServiceName): Record<string, string> {
  const { migrations } = createDatabase[service]!('postgres://nobody@127.0.0.1/none').options;
  const all = (migrations as (new () => Migration)[]).map((Made) => new Made());
  return Object.fromEntries(all.map((migration) => [migration.name, checksum(migration)]));
}

/** Returns the checksums of the migrations in the code. */
export function currentChecksums(): Checksums {
  return Object.fromEntries(migrating.map((service) => [service, checksumsOf(service)]));
}

function committedChecksums(): Checksums {
  return JSON.parse(committedText(PATH) ?? '{}') as Checksums;
}

/** Returns the listed migrations that are changed or missing in the code. */
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

/** Error text for a listed migration that was changed. */
export const CHANGED_MIGRATIONS =
  'Listed migrations were changed or are gone. Databases that ran them stay as they are: undo ' +
  `the change and add a new migration. One that is in no release yet: delete its line in ${PATH}.`;

/** Returns the list of all migrations with their checksums. */
export function releasedMigrationsFile(): GeneratedFile {
  return jsonFile(PATH, currentChecksums());
}
