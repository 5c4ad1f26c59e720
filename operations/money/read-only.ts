import { Client } from 'pg';

/** The databases that money passes through. */
export const MONEY_DATABASES = ['auth', 'user', 'board', 'account', 'payment', 'bank'] as const;
export type MoneyDatabase = (typeof MONEY_DATABASES)[number];

/** Where a database is; undefined for one that is not here, as the real bank's. */
export type UrlOf = (database: MoneyDatabase) => string | undefined;

/** Answers the rows of a query in one of the databases; it can't change anything. */
export type ReadOnly = <Row>(
  database: MoneyDatabase,
  sql: string,
  params?: unknown[],
) => Promise<Row[]>;

const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Connects to all databases for reading only and closes the connections at the end. `urlOf`
 * says where each database is; the role needs to see its tables, nothing more.
 */
export async function withReadOnly<T>(
  urlOf: UrlOf,
  work: (read: ReadOnly) => Promise<T>,
): Promise<T> {
  const clients = new Map<MoneyDatabase, Client>();
  try {
    for (const database of MONEY_DATABASES) {
      if (urlOf(database) === undefined) continue;
      const client = new Client({
        connectionString: urlOf(database),
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        application_name: 'popug-check-money',
      });
      await client.connect();
      await client.query('SET default_transaction_read_only = on');
      clients.set(database, client);
    }
    const read: ReadOnly = async <Row>(
      database: MoneyDatabase,
      sql: string,
      params: unknown[] = [],
    ): Promise<Row[]> => {
      const client = clients.get(database);
      if (!client) throw new Error(`Nobody said where the database ${database} is`);
      return (await client.query(sql, params)).rows as Row[];
    };
    return await work(read);
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}
