import { ALL_TIME, rangeParams } from '../../services/account/proof/queries/checked-range';
import { moneyInvariants } from '../../services/account/proof/queries/invariants';
import { missingDeliveries } from './deliveries';
import type { MoneyDatabase, ReadOnly } from './read-only';

/** An invariant of the money; `broken` returns its violations, with ids. */
export interface Invariant {
  name: string;
  /** A database that some installations lack; without it the invariant is not checked. */
  needs?: MoneyDatabase;
  broken(read: ReadOnly): Promise<string[]>;
}

interface Side {
  name: string;
  database: MoneyDatabase;
  /** Selects `key` and `value`. */
  sql: string;
}

/** All values of each key, sorted and joined: a duplicate row must not look like one row. */
async function valuesOf(read: ReadOnly, { database, sql }: Side): Promise<Map<string, string>> {
  const sorted = `SELECT key, string_agg(value, ' and ' ORDER BY value) AS value
    FROM (${sql}) AS side GROUP BY key`;
  const rows = await read<{ key: string; value: string }>(database, sorted);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** Compares rows of two databases by key: missing, duplicate and different rows. */
async function compare(read: ReadOnly, left: Side, right: Side): Promise<string[]> {
  const [here, there] = [await valuesOf(read, left), await valuesOf(read, right)];
  const said = (side: Map<string, string>, key: string): string => side.get(key) ?? 'nothing';
  return [...new Set([...here.keys(), ...there.keys()])]
    .filter((key) => here.get(key) !== there.get(key))
    .map(
      (key) => `${key}: ${left.name} says ${said(here, key)}, ${right.name} ${said(there, key)}`,
    );
}

/** Invariants of Account's own tables: the SQL of its metrics, over all days. */
const ledgerInvariants: Invariant[] = moneyInvariants.map(({ name, meaning, sql }) => ({
  name: `${name}: ${meaning}`,
  broken: async (read) => {
    const faults = await read<{ what: string }>('account', sql, rangeParams(ALL_TIME));
    return faults.map(({ what }) => what);
  },
}));

/** Invariants 2, 3, 6, 8, 9 and 10: between services. */
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
  {
    name: '6 paid or returned = one successful bank transfer at Payment, as the attempt says',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Account',
          database: 'account',
          sql: `SELECT coalesce(key::text, 'payout ' || payouts.id) AS key,
                  amount_cents || ' ' || coalesce(attempt.bank_account, 'nowhere')
                  || CASE count(*) OVER (PARTITION BY payouts.id) WHEN 1 THEN ''
                     ELSE ', one of several of payout ' || payouts.id END AS value
                FROM payouts LEFT JOIN payout_attempts AS attempt
                  ON payouts.id = attempt.payout_id AND attempt.outcome = 'succeeded'
                -- An accountant's finding: Payment has no bank transfer.
                WHERE payouts.state IN ('paid', 'returned') AND attempt.finding IS NULL`,
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
    name: '6 a successful transfer by the rail `bank` is one transfer at the bank',
    needs: 'bank',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Payment',
          database: 'payment',
          sql: `SELECT replace(key::text, '-', '') AS key,
                  amount_cents || ' ' || bank_account AS value
                FROM bank_transfers WHERE state = 'succeeded' AND rail = 'bank'`,
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
  {
    name: '10 a payout booked back = one returned transfer at Payment, of the same amount',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Account',
          database: 'account',
          sql: `SELECT coalesce(key::text, 'payout ' || transfers.payout_id) AS key,
                  amount_cents::text AS value
                FROM transfers LEFT JOIN payout_attempts AS attempt
                  ON attempt.payout_id = transfers.payout_id AND outcome = 'succeeded'
                WHERE kind = 'return'`,
        },
        {
          name: 'Payment',
          database: 'payment',
          sql: 'SELECT key::text AS key, amount_cents::text AS value FROM returned_transfers',
        },
      ),
  },
  {
    name: '10 a returned transfer at Payment is one that the bank sent back',
    needs: 'bank',
    broken: (read) =>
      compare(
        read,
        {
          name: 'Payment',
          database: 'payment',
          sql: `SELECT replace(key::text, '-', '') AS key, amount_cents::text AS value
                FROM returned_transfers
                -- The others are in no statement: a person recorded them.
                WHERE statement_position IS NOT NULL`,
        },
        {
          name: 'the bank',
          database: 'bank',
          sql: `SELECT reference AS key, amount::text AS value
                FROM returns JOIN transfers USING (reference)`,
        },
      ),
  },
];

/** All invariants that can be checked, in order. */
export const invariants: readonly Invariant[] = [...ledgerInvariants, ...crossInvariants];
