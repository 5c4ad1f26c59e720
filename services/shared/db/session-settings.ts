import type { ClientBase } from 'pg';

const STATEMENT_TIMEOUT_MS = 10_000;
/** Below the statement timeout: a lock wait that fails gets its own error, worth a retry. */
const LOCK_TIMEOUT_MS = 8_000;
const IDLE_IN_TRANSACTION_MS = 15_000;

/**
 * Settings that our statements rely on, whatever those of server, database and role: each statement
 * sees what was committed before it (a closing waits for its lock and must then see every booking),
 * dates and times are read as written, and confirmed commits survive a crash.
 */
const PINNED: Readonly<Record<string, string>> = {
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  synchronous_commit: 'on',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  search_path: 'public',
  statement_timeout: String(STATEMENT_TIMEOUT_MS),
  lock_timeout: String(LOCK_TIMEOUT_MS),
  idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_MS),
};

/** Settings that are only checked: the server's administrator sets them. */
const REQUIRED: Readonly<Record<string, string>> = {
  // Otherwise the ledger's triggers do not fire.
  session_replication_role: 'origin',
  server_encoding: 'UTF8',
  client_encoding: 'UTF8',
  // `on` at a standby, which can't be written.
  transaction_read_only: 'off',
};

/** Escapes white space and backslashes, as the server reads its start-up options. */
const escaped = (value: string): string => value.replace(/[\s\\]/g, '\\$&');

/**
 * The pinned settings as `options` of a connection (PostgreSQL manual, "Frontend/Backend Protocol",
 * StartupMessage): they outrank those of server, database and role.
 */
export const sessionOptions = Object.entries(PINNED)
  .map(([name, value]) => `-c ${name}=${escaped(value)}`)
  .join(' ');

/** Thrown for a server without the settings that our statements rely on: it must not be used. */
export class UnsuitableServer extends Error {
  override readonly name = 'UnsuitableServer';
}

/** `setting` has timeouts in milliseconds, where SHOW would answer `10s`. */
const SETTINGS = 'SELECT name, setting FROM pg_settings WHERE name = ANY ($1::text[])';

/**
 * Checks the pinned settings of a new connection: a pooler or the url's options may have dropped
 * them. Throws `UnsuitableServer` that names each wrong setting.
 */
export async function demandSettings(client: ClientBase): Promise<void> {
  const wanted = { ...PINNED, ...REQUIRED };
  const { rows } = await client.query<{ name: string; setting: string }>(SETTINGS, [
    Object.keys(wanted),
  ]);
  const found = new Map(rows.map(({ name, setting }) => [name, setting]));
  const faults = Object.entries(wanted)
    .filter(([name, value]) => found.get(name) !== value)
    .map(([name, value]) => `${name} is ${found.get(name)}, must be ${value}`);
  if (faults.length > 0) {
    throw new UnsuitableServer(`The database server can't be used: ${faults.join('; ')}`);
  }
}
