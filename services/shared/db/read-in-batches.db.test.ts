import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { eventually } from '../testing/eventually';
import { createDataSource, query } from './data-source';
import { readInBatches, type BatchedQuery } from './read-in-batches';

const ROWS = 2_500;
const signal = new AbortController().signal;
const numbers: BatchedQuery = {
  name: 'numbers-export',
  select:
    'SELECT number, number::bigint * 10 AS tenfold FROM generate_series(1, $1::integer) AS number',
  orderBy: 'number DESC',
  params: [ROWS],
  signal,
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase((url) =>
    createDataSource({ service: 'export', url, entities: [], migrations: [] }),
  );
});
afterAll(() => test.drop());

async function allOf<Row>(asked: BatchedQuery): Promise<{ rows: Row[]; batches: number }> {
  const rows: Row[] = [];
  let batches = 0;
  for await (const batch of readInBatches<Row>(test.database, asked)) {
    rows.push(...batch);
    batches += 1;
  }
  return { rows, batches };
}

/** Connections of exports that the server still has. */
async function connections(): Promise<number> {
  const sql = `SELECT count(*) FROM pg_stat_activity WHERE application_name = $1`;
  const [row] = await query<{ count: bigint }>(test.database, sql, [numbers.name]);
  return Number(row!.count);
}

const noConnection = () =>
  eventually('no connection to be left', async () => !(await connections()));

it('reads every row once, in order, some at a time', async () => {
  const { rows, batches } = await allOf<{ number: number; tenfold: bigint }>(numbers);
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: ROWS }, (_, index) => ROWS - index),
  );
  expect(rows[0]!.tenfold).toBe(BigInt(ROWS) * 10n);
  expect(batches).toBe(3);
  await noConnection();
});

it.each([0, 1, 1_000, 1_001])('ends after %i rows', async (count) => {
  expect((await allOf({ ...numbers, params: [count] })).rows).toHaveLength(count);
});

it('refuses too many rows before the first, and takes as many as allowed', async () => {
  await expect(allOf({ ...numbers, maxRows: ROWS - 1 })).rejects.toMatchObject({
    status: 400,
    id: 'export-too-large',
  });
  expect((await allOf({ ...numbers, maxRows: ROWS })).rows).toHaveLength(ROWS);
  await noConnection();
});

it('reads one snapshot: rows written meanwhile are not in it', async () => {
  const owner = createDataSource({
    service: 'owner',
    url: test.ownerUrl,
    entities: [],
    migrations: [],
  });
  await owner.initialize();
  await query(owner, 'CREATE TABLE seen AS SELECT generate_series(1, 2500) AS number');
  await query(owner, `GRANT SELECT ON seen TO PUBLIC`);
  const asked = { ...numbers, select: 'SELECT number FROM seen', orderBy: 'number', params: [] };
  let count = 0;
  for await (const batch of readInBatches(test.database, asked)) {
    if (count === 0) await query(owner, 'INSERT INTO seen SELECT generate_series(2501, 5000)');
    count += batch.length;
  }
  expect(count).toBe(ROWS);
  await owner.destroy();
});

it('passes on the failure of a later batch', async () => {
  const select = `SELECT 1 / (2000 - number) AS quotient, number
    FROM generate_series(1, $1::integer) AS number`;
  const read: number[] = [];
  await expect(
    (async () => {
      const asked = { ...numbers, select, orderBy: '2' };
      for await (const batch of readInBatches(test.database, asked)) read.push(batch.length);
    })(),
  ).rejects.toMatchObject({ code: '22012' });
  await noConnection();
});

it('closes the connection when the caller stops', async () => {
  for await (const batch of readInBatches(test.database, numbers)) {
    expect(batch).toHaveLength(1_000);
    break;
  }
  await noConnection();
});

it('ends a statement in the middle when nobody wants its rows any more', async () => {
  const gone = new AbortController();
  const select = `SELECT pg_sleep(20), number FROM generate_series(1, $1::integer) AS number`;
  const reading = allOf({ ...numbers, select, params: [1], signal: gone.signal });
  const outcome = Promise.allSettled([reading]);
  await eventually('the statement to run', async () => {
    const sql = `SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%pg_sleep%'
      AND state = 'active'`;
    return (await query(test.database, sql, [numbers.name])).length > 0;
  });
  gone.abort();
  expect(await outcome).toMatchObject([{ status: 'rejected' }]);
  await noConnection();
});
