import { Problem } from '../kernel/errors';
import { connectClient, createClient, urlOf, type Database } from './data-source';

/** Rows of one file; more are refused before the first is sent. */
export const MAX_EXPORTED_ROWS = 2_000_000;
const BATCH = 1_000;
const BAD_REQUEST = 400;

/** Statement timeout of each step of an export; serving connections have a shorter one. */
const STATEMENT_TIMEOUT_MS = 25_000;
/** Client-side, for a server that vanished. */
const ANSWER_TIMEOUT_MS = 30_000;
/** A client that reads nothing for longer is cut off by the HTTP server too. */
const IDLE_MS = 90_000;
/** Time for a whole export: a snapshot this old keeps dead rows from being cleaned up. */
const EXPORT_MS = 900_000;

/**
 * One snapshot for the count and the rows. The plan is made for the first rows: rows that come in
 * the order of an index are sent while the rest is read, and nothing is sorted on disk. The server
 * notices a closed connection in the middle of a statement and ends it.
 */
const BEGIN = `
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS};
SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS};
SET LOCAL cursor_tuple_fraction = 0.001;
SET LOCAL jit = off;
SET LOCAL client_connection_check_interval = '1s'`;

const FETCH = `FETCH ${BATCH} FROM exported`;

/** A query whose rows are read in batches. */
export interface BatchedQuery {
  /** Shown to operators in `pg_stat_activity`. */
  name: string;
  /** SELECT without its ORDER BY: the rows are counted first. */
  select: string;
  /** SELECT of as many rows, with the same parameters, when it is cheaper to count. */
  counted?: string;
  /** Expressions after ORDER BY. */
  orderBy: string;
  params?: readonly unknown[];
  /** Aborted when nobody wants the rows any more. */
  signal: AbortSignal;
  maxRows?: number;
}

/**
 * Reads the rows of a query in batches, on a connection of its own, with a cursor: memory holds two
 * batches. The next batch is fetched while the caller works on one. Throws 400 `export-too-large`
 * before the first row when there are more than `maxRows`, and what the database throws.
 */
export async function* readInBatches<Row>(
  database: Database,
  asked: BatchedQuery,
): AsyncGenerator<Row[], void> {
  const { name, select, counted = select, orderBy, params = [], signal } = asked;
  const { maxRows = MAX_EXPORTED_ROWS } = asked;
  const url = urlOf(database);
  const client = createClient({ name, url, answerTimeoutMs: ANSWER_TIMEOUT_MS });
  const end = (): void => void client.end();
  const ended = AbortSignal.any([signal, AbortSignal.timeout(EXPORT_MS)]);
  // The connection may break between two statements: the next statement reports it.
  client.on('error', () => undefined);
  await connectClient(client);
  try {
    ended.throwIfAborted();
    // Closes the socket of a running statement.
    ended.addEventListener('abort', end, { once: true });
    await client.query(BEGIN);
    const counting = `SELECT count(*) FROM (${counted} LIMIT ${maxRows + 1}) AS counted`;
    const { rows } = await client.query<{ count: bigint }>(counting, [...params]);
    if (rows[0]!.count > BigInt(maxRows)) throw tooLarge(maxRows);
    const declare = `DECLARE exported NO SCROLL CURSOR FOR ${select} ORDER BY ${orderBy}`;
    await client.query(declare, [...params]);
    const fetch = async (): Promise<Row[]> =>
      (await client.query<Row & Record<string, unknown>>(FETCH)).rows;
    for (let batch = await fetch(); batch.length > 0;) {
      const isLast = batch.length < BATCH;
      // Settled: a failure is thrown when its turn comes, if the caller still reads.
      const next = Promise.allSettled([isLast ? [] : fetch()]);
      yield batch;
      const [outcome] = await next;
      if (outcome.status === 'rejected') throw outcome.reason;
      batch = outcome.value;
    }
  } finally {
    ended.removeEventListener('abort', end);
    await client.end();
  }
}

function tooLarge(maxRows: number): Problem {
  return new Problem(BAD_REQUEST, 'export-too-large', 'That is too much for one file', {
    detail: `More than ${maxRows} rows: choose a shorter range or a narrower filter`,
  });
}
