import { query } from '../../shared/db/data-source';
import { BALANCES, balanceParams } from './balances';
import type { Books } from './books';

/** Something that must be true of the money; the query counts what breaks it. */
export interface MoneyInvariant {
  /** Label of the metric. */
  name: string;
  count(books: Books): Promise<bigint>;
}

const UNBALANCED = `
SELECT count(*) AS count
FROM (
  SELECT sum(amount_cents) AS cents FROM entries JOIN accounts ON accounts.id = account_id
) total
WHERE cents <> 0`;

const WRONG_BALANCES = `
WITH ${BALANCES}
SELECT count(*) AS count FROM balances
WHERE balance_cents <> (
  SELECT coalesce(sum(amount_cents), 0) FROM entries
  WHERE entries.account_id = balances.account_id)`;

/** What the ledger and its balances promise. */
export const ledgerInvariants: readonly MoneyInvariant[] = [
  {
    name: 'debits-equal-credits',
    count: ({ database }) => countOf(database, UNBALANCED, []),
  },
  {
    name: 'balance-is-sum-of-entries',
    count: async (books) =>
      countOf(books.database, WRONG_BALANCES, await balanceParams(books, null)),
  },
];

/** What a counting statement counts. */
export async function countOf(
  database: Books['database'],
  sql: string,
  params: unknown[],
): Promise<bigint> {
  const [row] = await query<{ count: bigint }>(database, sql, params);
  return row!.count;
}
