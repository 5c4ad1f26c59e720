import 'reflect-metadata';
import pg from 'pg';
import { DataSource, type EntityManager, type MixedList } from 'typeorm';
import { demandSettings, sessionOptions } from './session-settings';

const POOL_SIZE = 10;
/** Also of the connections beside the pool. */
export const CONNECT_TIMEOUT_MS = 3_000;

/** `date` columns stay `YYYY-MM-DD`: pg would make local midnight of them. */
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
/** `bigint` columns are cents, positions and counts: numbers would lose digits. */
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);

export type Database = DataSource;
/** A database, or a transaction in it. */
export type Tx = EntityManager;

/** A migration class, as TypeORM takes it. */
type Migration = new () => object;

export interface DataSourceInput {
  /** Shown to operators in `pg_stat_activity`. */
  service: string;
  url: string;
  entities: MixedList<new () => object>;
  /** In the order they run: an explicit list, never a glob. */
  migrations: Migration[];
}

/**
 * The service's database; not connected yet. Connecting throws `UnsuitableServer` where the
 * settings that our statements rely on do not hold.
 */
export function createDataSource(input: DataSourceInput): Database {
  return new DataSource({
    type: 'postgres',
    url: input.url,
    entities: input.entities as never,
    migrations: input.migrations as never,
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: input.service,
    poolSize: POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { options: sessionOptions, onConnect: demandSettings, keepAlive: true },
  });
}

/** A connection beside the pool. */
export interface ClientInput {
  /** Shown to operators in `pg_stat_activity`. */
  name: string;
  url: string;
  /** For a server that is gone without a word: it can't end its own statements. */
  answerTimeoutMs: number;
}

/** A connection with the settings of those in the pool; `connectClient` opens it. */
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

/** Connects. Throws `UnsuitableServer` as a `Database` does; the connection is closed then. */
export async function connectClient(client: pg.Client): Promise<void> {
  await client.connect();
  await demandSettings(client).catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
}

/** The connection url a database was made with; the relay opens its own connection with it. */
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

/** TypeORM answers UPDATE and DELETE with `[rows, count]`, everything else with rows. */
function isRowsWithCount<Row>(result: Row[] | [Row[], number]): result is [Row[], number] {
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
}
