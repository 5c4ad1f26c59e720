import 'reflect-metadata';
import pg from 'pg';
import { DataSource, type EntityManager, type MixedList } from 'typeorm';

const POOL_SIZE = 10;
/** Also of the connections beside the pool. */
export const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 15_000;

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

/** The service's database; not connected yet. Every connection has bounded waits. */
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
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      keepAlive: true,
    },
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
