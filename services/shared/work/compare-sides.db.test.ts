import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { digestRows, listRows, type RowsSql } from '../db/compared-rows';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { asOwner, createTestDatabase, type TestDatabase } from '../testing/test-database';
import { compareSides } from './compare-sides';

const NOW = new Date('2026-03-02T15:00:00.000Z');
const OLD = new Date('2026-03-02T14:00:00.000Z');
const YOUNG = new Date('2026-03-02T14:51:00.000Z');

let test: TestDatabase;
const rowsOf =
  (table: string): RowsSql =>
  (low, high) =>
    `SELECT id, id::text AS key, content, at FROM ${table} WHERE id >= ${low} AND id < ${high}`;
const [ours, others] = [rowsOf('ours'), rowsOf('others')];
let calls = 0;

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
  await asOwner(
    test,
    ['ours', 'others'].map(
      (table) => `CREATE TABLE ${table} (id uuid PRIMARY KEY, content text, at timestamptz)`,
    ),
  );
});
afterAll(() => test.drop());
beforeEach(async () => {
  calls = 0;
  for (const table of ['ours', 'others']) await query(test.database, `DELETE FROM ${table}`);
});

const insert = (table: string, ids: readonly string[], content = '5', at = OLD) =>
  query(test.database, `INSERT INTO ${table} SELECT id, $2, $3 FROM unnest($1::uuid[]) AS id`, [
    ids,
    content,
    at,
  ]);
const newIds = (count: number): string[] => Array.from({ length: count }, () => newId()).sort();

function compare(): Promise<string[]> {
  const { database } = test;
  const theirs = {
    digests: (bounds: string[]) => digestRows(database, others, bounds),
    rows(from: string, to: string) {
      calls += 1;
      return listRows(database, others, from, to);
    },
  };
  return compareSides({ database, ours, theirs, perRange: 10 }, NOW);
}

describe('two sides', () => {
  it('that are equal are compared by digests alone', async () => {
    const ids = newIds(2_345);
    await insert('ours', ids);
    await insert('others', ids);
    expect(await compare()).toEqual([]);
    expect(calls).toBe(0);
  });

  it('differ by what either lacks, and by content; only such ranges are read', async () => {
    const ids = newIds(1_500);
    const [missing, extra, changed] = [ids[3]!, ids[700]!, ids[1_400]!];
    await insert(
      'ours',
      ids.filter((id) => id !== missing),
    );
    await insert(
      'others',
      ids.filter((id) => id !== extra && id !== changed),
    );
    await insert('others', [changed], '6');
    expect((await compare()).sort()).toEqual([missing, extra, changed].sort());
    expect(calls).toBe(3);
  });

  it('do not differ by what is young: it may still be on its way', async () => {
    await insert('others', newIds(3), '5', YOUNG);
    const [id] = newIds(1);
    await insert('ours', [id!], '5', YOUNG);
    await insert('others', [id!], '6');
    expect(await compare()).toEqual([]);
  });

  it('of which one is empty differ by everything, bounded', async () => {
    const ids = newIds(1_234);
    await insert('others', ids);
    expect(await compare()).toHaveLength(1_000);
    await query(test.database, 'DELETE FROM others');
    expect(await compare()).toEqual([]);
  });
});
