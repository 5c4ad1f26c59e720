import { Client } from 'pg';

/** The databases that take part in the flow of money. */
export const MONEY_DATABASES = ['auth', 'user', 'board', 'account', 'payment', 'bank'] as const;
export type MoneyDatabase = (typeof MONEY_DATABASES)[number];

/** The url of a database; undefined for one that the installation lacks, as the real bank's. */
export type UrlOf = (database: MoneyDatabase) => string | undefined;

/** Runs a query in one of the databases, read-only, and returns its rows. */
export type ReadOnly = <Row>(
  database: MoneyDatabase,
  sql: string,
  params?: unknown[],
) => Promise<Row[]>;

const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Opens read-only sessions to all databases and closes them at the end. The role of each url must
 * be able to read all tables.
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
