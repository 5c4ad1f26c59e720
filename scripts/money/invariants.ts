import { missingDeliveries } from './deliveries';
import type { MoneyDatabase, ReadOnly } from './read-only';

/** Something that must always hold; `broken` names what breaks it, by id. */
export interface Invariant {
  name: string;
  /** A database that not every installation has: without it nothing can be said. */
  needs?: MoneyDatabase;
  broken(read: ReadOnly): Promise<string[]>;
}

/** Rows of two databases told apart by key: what is on one side only, or differs. */
async function compare(
  read: ReadOnly,
  left: { name: string; database: MoneyDatabase; sql: string },
  right: { name: string; database: MoneyDatabase; sql: string },
): Promise<string[]> {
  type Row = { key: string; value: string };
  const [here, there] = [
    await read<Row>(left.database, left.sql),
    await read<Row>(right.database, right.sql),
  ];
  const values = new Map(there.map(({ key, value }) => [key, value]));
  const keys = new Set(here.map(({ key }) => key));
  return [
    ...here
      .filter(({ key, value }) => values.get(key) !== value)
      .map(({ key, value }) => {
        return `${key}: ${left.name} says ${value}, ${right.name} ${values.get(key) ?? 'nothing'}`;
      }),
    ...there
      .filter(({ key }) => !keys.has(key))
      .map(({ key }) => `${key}: ${right.name} knows it, ${left.name} does not`),
  ];
}

/** An invariant inside one database: the query answers one `what` for each violation. */
function inside(name: string, database: MoneyDatabase, sql: string): Invariant {
  return {
    name,
    broken: async (read) => (await read<{ what: string }>(database, sql)).map((row) => row.what),
  };
}

const ENTRIES = `
  SELECT debit_account_id AS account_id, -amount_cents AS cents, business_day, kind FROM transfers
  UNION ALL
  SELECT credit_account_id, amount_cents, business_day, kind FROM transfers`;

/** Invariants 1, 4, 5 and 7 of the money design: inside Account. */
const ledgerInvariants: Invariant[] = [
  inside(
    '1 the sum over all accounts is zero',
    'account',
    `SELECT 'sum ' || sum(cents) AS what FROM (${ENTRIES}) AS entries HAVING sum(cents) <> 0`,
  ),
  inside(
    '4 a balance is the sum of its entries',
    'account',
    `WITH shown AS (
       SELECT account.id,
         coalesce(closing.earned_cents, 0)
         + coalesce((SELECT sum(cents) FROM (${ENTRIES}) AS later
             WHERE later.account_id = account.id AND later.kind <> 'payout'
               AND later.business_day > coalesce(closing.day, '-infinity')), 0) AS earned
       FROM accounts AS account
       LEFT JOIN LATERAL (SELECT day, earned_cents FROM closings
         WHERE account_id = account.id ORDER BY day DESC LIMIT 1) AS closing ON true
       WHERE account.kind <> 'bank-clearing')
     SELECT 'account ' || shown.id AS what FROM shown
     WHERE shown.earned <> coalesce((SELECT sum(cents) FROM (${ENTRIES}) AS entries
       WHERE entries.account_id = shown.id AND entries.kind <> 'payout'), 0)`,
  ),
  inside(
    '5 earned − committed = carried + payout',
    'account',
    `SELECT 'account ' || closing.account_id || ' on ' || closing.day AS what
     FROM closings AS closing
     LEFT JOIN payouts AS payout ON payout.account_id = closing.account_id
       AND payout.day = closing.day
     WHERE closing.earned_cents - closing.committed_cents
           <> closing.carried_cents + coalesce(payout.amount_cents, 0)
        OR payout.amount_cents <= 0`,
  ),
  inside(
    '5 every payout has a closing, one per account and day',
    'account',
    `SELECT 'account ' || account_id || ' on ' || day AS what FROM payouts AS payout
     WHERE NOT EXISTS (SELECT FROM closings WHERE closings.account_id = payout.account_id
       AND closings.day = payout.day)
     UNION ALL
     SELECT 'account ' || account_id || ' on ' || day FROM payouts
     GROUP BY account_id, day HAVING count(*) > 1`,
  ),
  inside(
    '7 a negative balance is never paid and never reset',
    'account',
    `SELECT 'account ' || closing.account_id || ' on ' || closing.day AS what
     FROM closings AS closing
     WHERE closing.earned_cents - closing.committed_cents <= 0
       AND (closing.carried_cents <> closing.earned_cents - closing.committed_cents
         OR EXISTS (SELECT FROM payouts WHERE payouts.account_id = closing.account_id
           AND payouts.day = closing.day))`,
  ),
];

/** Invariants 2, 3, 6, 8 and 9: between services. */
const crossInvariants: Invariant[] = [
  {
    name: '2 each assignment has exactly one fee, with the fee of its task',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Board',
          database: 'board',
          sql: `SELECT task_id || '/' || number AS key, user_id || ' ' || tasks.fee_cents AS value
                FROM assignments JOIN tasks ON tasks.id = assignments.task_id
                WHERE tasks.fee_cents > 0`,
        },
        {
          name: 'Account',
          database: 'account',
          sql: `SELECT task_id || '/' || assignment_number AS key,
                  accounts.user_id || ' ' || amount_cents AS value
                FROM transfers JOIN accounts ON accounts.id = debit_account_id
                WHERE transfers.kind = 'fee'`,
        },
      ),
  },
  {
    name: '3 each finished task has exactly one reward, to its assignee',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Board',
          database: 'board',
          sql: `SELECT id::text AS key, assignee_id || ' ' || reward_cents AS value
                FROM tasks WHERE status = 'finished' AND reward_cents > 0`,
        },
        {
          name: 'Account',
          database: 'account',
          sql: `SELECT task_id::text AS key, accounts.user_id || ' ' || amount_cents AS value
                FROM transfers JOIN accounts ON accounts.id = credit_account_id
                WHERE transfers.kind = 'reward'`,
        },
      ),
  },
  inside(
    '6 paid = exactly one payout transfer of that amount in the ledger',
    'account',
    `SELECT 'payout ' || coalesce(payout.id, transfer.payout_id) AS what
     FROM (SELECT * FROM payouts WHERE state = 'paid') AS payout
     FULL JOIN (SELECT * FROM transfers WHERE kind = 'payout') AS transfer
       ON transfer.payout_id = payout.id
     WHERE payout.id IS NULL OR transfer.id IS NULL
        OR payout.amount_cents <> transfer.amount_cents
        OR payout.account_id <> transfer.debit_account_id`,
  ),
  {
    name: '6 paid = one successful bank transfer at Payment, as the attempt says',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Account',
          database: 'account',
          sql: `SELECT key::text AS key, amount_cents || ' ' || attempt.bank_account AS value
                FROM payout_attempts AS attempt JOIN payouts ON payouts.id = attempt.payout_id
                WHERE attempt.outcome = 'succeeded' AND payouts.state = 'paid'`,
        },
        {
          name: 'Payment',
          database: 'payment',
          sql: `SELECT key::text AS key, amount_cents || ' ' || bank_account AS value
                FROM bank_transfers WHERE state = 'succeeded'`,
        },
      ),
  },
  {
    name: '6 a successful bank transfer is one transfer at the bank',
    needs: 'bank',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Payment',
          database: 'payment',
          sql: `SELECT replace(key::text, '-', '') AS key,
                  amount_cents || ' ' || bank_account AS value
                FROM bank_transfers WHERE state = 'succeeded'`,
        },
        {
          name: 'the bank',
          database: 'bank',
          sql: `SELECT reference AS key, amount || ' ' || account AS value
                FROM transfers WHERE status = 'executed'`,
        },
      ),
  },
  {
    name: '8 an active user has an open account; an inactive one has no tasks',
    broken: async (read) => {
      const users = await read<{ id: string; status: string }>(
        'user',
        'SELECT id, status FROM users',
      );
      const accounts = await read<{ user_id: string }>('account', 'SELECT user_id FROM accounts');
      const dealt = await read<{ user_id: string }>('board', 'SELECT user_id FROM assignments');
      const withAccount = new Set(accounts.map((row) => row.user_id));
      const withTasks = new Set(dealt.map((row) => row.user_id));
      return users
        .filter(({ id, status }) => {
          return status === 'active'
            ? !withAccount.has(id)
            : status === 'inactive' && withTasks.has(id);
        })
        .map(({ id, status }) => `user ${id} is ${status}`);
    },
  },
  { name: '9 every event ends in each inbox or in the dead letters', broken: missingDeliveries },
];

/** All invariants that can be looked up, in the order they are checked. */
export const invariants: readonly Invariant[] = [...ledgerInvariants, ...crossInvariants];
