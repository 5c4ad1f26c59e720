import 'reflect-metadata';
import pg from 'pg';
import { DataSource, type EntityManager, type MixedList } from 'typeorm';
import { asTypeOrmMigration, type Migration } from './migration';
import { demandSettings, sessionOptions } from './session-settings';

const POOL_SIZE = 10;
/** Also for connections outside of the pool. */
export const CONNECT_TIMEOUT_MS = 3_000;

/** `date` columns stay `YYYY-MM-DD`: pg would convert them to local midnight. */
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
/** `bigint` columns are cents, positions and counts: numbers would lose digits. */
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);

export type Database = DataSource;
/** A database, or a transaction in it. */
export type Tx = EntityManager;

export interface DataSourceInput {
  /** Shown to operators in `pg_stat_activity`. */
  service: string;
  url: string;
  entities: MixedList<new () => object>;
  /** In the order of execution: an explicit list, never a glob. */
  migrations: Migration[];
}

/**
 * Returns the service's data source, not connected yet. Connecting throws `UnsuitableServer` when
 * settings that our statements rely on do not hold.
 */
export function createDataSource(input: DataSourceInput): Database {
  return new DataSource({
    type: 'postgres',
    url: input.url,
    entities: input.entities as never,
    migrations: input.migrations.map(asTypeOrmMigration),
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: input.service,
    poolSize: POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { options: sessionOptions, onConnect: demandSettings, keepAlive: true },
  });
}

/** Connection outside of the pool. */
export interface ClientInput {
  /** Shown to operators in `pg_stat_activity`. */
  name: string;
  url: string;
  /** Client-side query timeout, for a server that vanished (half-open connection). */
  answerTimeoutMs: number;
}

/** Returns a client with the settings of the pool's connections; `connectClient` connects it. */
export function createClient({ name, url, answerTimeoutMs }: ClientInput): pg.Client {
  return new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: answerTimeoutMs,
    options: sessionOptions,
    keepAlive: true,
  });
}

/** Connects. Throws `UnsuitableServer` like a `Database`, after closing the connection. */
export async function connectClient(client: pg.Client): Promise<void> {
  await client.connect();
  await demandSettings(client).catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
}

/** Returns the connection url of a data source; the relay opens its own connection with it. */
export function urlOf(database: Database): string {
  return (database.options as { url: string }).url;
}

/** Runs one SQL statement with `$1…` parameters and returns its rows. */
export async function query<Row>(
  tx: Tx | Database,
  sql: string,
  params: unknown[] = [],
): Promise<Row[]> {
  const manager = 'manager' in tx ? tx.manager : tx;
  const result = (await manager.query(sql, params)) as Row[] | [Row[], number];
  return isRowsWithCount(result) ? result[0] : result;
}

/** Returns whether a result is TypeORM's `[rows, count]` of UPDATE and DELETE, else it is rows. */
function isRowsWithCount<Row>(result: Row[] | [Row[], number]): result is [Row[], number] {
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
}
