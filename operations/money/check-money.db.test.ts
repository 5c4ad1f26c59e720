import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { moneyInvariants } from '../../services/account/proof/queries/invariants';
import { closeByHand } from '../../services/account/testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../services/account/testing/test-evening';
import { createAuthDatabase } from '../../services/auth/data-source';
import { createBoardDatabase } from '../../services/board/data-source';
import { createPaymentDatabase } from '../../services/payment/data-source';
import { createBankDatabase } from '../../services/payment/testing/sandbox-bank/book';
import { createTestDatabase, type TestDatabase } from '../../services/shared/testing/test-database';
import { removeProtection } from '../../services/shared/testing/unprotected';
import { createUserDatabase } from '../../services/user/data-source';
import { invariants } from './invariants';
import { MONEY_DATABASES, type MoneyDatabase, type ReadOnly } from './read-only';
import { reportMoney } from './report';
import { unsettled } from './rest';

const DAY_MS = 86_400_000;
const MONDAY = '2026-03-02';
const NEW_ID = '00000000-0000-7000-8000-00000000abcd';
const EVENT_ID = '00000000-0000-7000-8000-00000000eeee';
const SHORT_REST_MS = 200;

let evening: TestEvening;
const databases = new Map<MoneyDatabase, TestDatabase>();
const owners = new Map<MoneyDatabase, pg.Client>();

const run = async <Row>(database: MoneyDatabase, sql: string): Promise<Row[]> =>
  (await owners.get(database)!.query(sql)).rows as Row[];
const read: ReadOnly = async <Row>(
  database: MoneyDatabase,
  sql: string,
  params: unknown[] = [],
): Promise<Row[]> => (await owners.get(database)!.query(sql, params)).rows as Row[];

/** Fills the other services' tables with what they would hold after the same events. */
async function fillNeighbours(): Promise<void> {
  const accounts = await run<{ user_id: string }>(
    'account',
    'SELECT user_id FROM accounts WHERE user_id IS NOT NULL',
  );
  for (const { user_id: id } of accounts) {
    await run(
      'user',
      `INSERT INTO users (id, nickname, nickname_key, email, role, status, locale, permissions,
         version, registered_at, inactive_since, credentials_set_at, account_opened_at,
         account_asked_times, account_ask_due_at)
       VALUES ('${id}', '${id}', '${id}', '${id}@popug.example', 'employee', 'active', 'en', '{}',
         1, now(), now(), now(), now(), 1, now())`,
    );
  }
  const booked = await run<{ kind: string; task_id: string; user_id: string; cents: string }>(
    'account',
    `SELECT transfers.kind, task_id, user_id, amount_cents AS cents FROM transfers
     JOIN accounts ON accounts.id IN (debit_account_id, credit_account_id) AND user_id IS NOT NULL
     WHERE transfers.kind IN ('fee', 'reward')`,
  );
  for (const { kind, task_id: id, user_id: userId, cents } of booked) {
    const isFinished = kind === 'reward';
    await run(
      'board',
      `INSERT INTO tasks (id, title, status, assignee_id, assignment_number, created_by,
         price_cents, fee_cents, reward_cents, request_fingerprint, created_at, finished_at)
       VALUES ('${id}', 'a task', '${isFinished ? 'finished' : 'open'}', '${userId}', 1,
         '${userId}', ${cents}, ${cents}, ${cents}, '${id}', now(),
         ${isFinished ? 'now()' : 'NULL'})`,
    );
    if (isFinished) continue;
    await run(
      'board',
      `INSERT INTO assignments (task_id, number, user_id, assigned_at)
       VALUES ('${id}', 1, '${userId}', now())`,
    );
  }
  const attempts = await run<{ key: string; cents: string; bank_account: string }>(
    'account',
    `SELECT key, amount_cents AS cents, bank_account FROM payout_attempts
     JOIN payouts ON payouts.id = payout_id WHERE outcome = 'succeeded'`,
  );
  for (const { key, cents, bank_account: account } of attempts) {
    await run(
      'payment',
      `INSERT INTO bank_transfers (key, amount_cents, currency, bank_account, state,
         bank_reference, next_ask_at, created_at, settled_at)
       VALUES ('${key}', ${cents}, 'USD', '${account}', 'succeeded', '${key}', now(), now(), now())`,
    );
    await run(
      'bank',
      `INSERT INTO transfers (reference, status, amount, currency, account)
       VALUES ('${key.replaceAll('-', '')}', 'executed', ${cents}, 'USD', '${account}')`,
    );
  }
  await run(
    'user',
    `INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at)
     VALUES ('${EVENT_ID}', 'users', 'UserCreated.v1', 'x', '{}', now(), now())`,
  );
  for (const consumer of ['account', 'auth'] as const) {
    await run(
      consumer,
      `INSERT INTO inbox (consumer, event_id) VALUES ('${consumer}', '${EVENT_ID}')`,
    );
  }
}

beforeAll(async () => {
  evening = await createTestEvening();
  const { books, desk, pass } = evening;
  const [first, second] = [await openPayee(books), await openPayee(books)];
  for (const [userId, cents] of [
    [first, 500n],
    [first, -200n],
    [second, 300n],
  ] as const) {
    await earn(books, userId, cents);
  }
  await closeByHand(books, MONDAY, ACCOUNTANT);
  await runEvening(desk);
  pass(DAY_MS);
  await earn(books, first, -70n);
  await earn(books, second, 90n);
  databases.set('account', evening.test);
  databases.set('auth', await createTestDatabase(createAuthDatabase));
  databases.set('user', await createTestDatabase(createUserDatabase));
  databases.set('board', await createTestDatabase(createBoardDatabase));
  databases.set('payment', await createTestDatabase(createPaymentDatabase));
  databases.set('bank', await createTestDatabase(createBankDatabase));
  for (const [name, { ownerUrl }] of databases) {
    const owner = new pg.Client(ownerUrl);
    await owner.connect();
    owners.set(name, owner);
  }
  await fillNeighbours();
  for (const { ownerUrl } of databases.values()) await removeProtection(ownerUrl);
});
afterAll(async () => {
  for (const owner of owners.values()) await owner.end();
  for (const [name, database] of databases) if (name !== 'account') await database.drop();
  await evening.drop();
});

const urlOf = (name: MoneyDatabase): string | undefined => databases.get(name)?.ownerUrl;

/** Plants a fault in one database, runs `look`, and rolls the fault back. */
async function planted<T>(
  database: MoneyDatabase,
  sql: string,
  look: () => Promise<T>,
): Promise<T> {
  await run(database, 'BEGIN');
  try {
    await run(database, sql);
    return await look();
  } finally {
    await run(database, 'ROLLBACK');
  }
}

/** The violations now, by invariant. */
async function brokenNow(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name, broken } of invariants) {
    const faults = await broken(read);
    if (faults.length > 0) found[name] = faults;
  }
  return found;
}

const idsOf = async (database: MoneyDatabase, sql: string): Promise<string> =>
  (await run<{ id: string }>(database, `${sql} LIMIT 1`))[0]!.id;
const OPEN_FEE = `SELECT task_id AS id FROM transfers WHERE kind = 'fee' AND business_day > '${MONDAY}'`;
const OPEN_REWARD = OPEN_FEE.replace('fee', 'reward');
const SOMEBODY = `SELECT user_id AS id FROM assignments`;
const ORDER = 'SELECT key AS id FROM bank_transfers ORDER BY key';
const REFERENCE = 'SELECT reference AS id FROM transfers ORDER BY reference';
const FIRST_ORDER = '(SELECT key FROM bank_transfers ORDER BY key LIMIT 1)';
const FIRST_REFERENCE = '(SELECT reference FROM transfers ORDER BY reference LIMIT 1)';
/** The first order comes back: at the bank, at Payment, and in the ledger. */
const RETURN_AT_THE_BANK = `
  INSERT INTO returns (reference, reason) VALUES (${FIRST_REFERENCE}, 'account closed')`;
const RETURN_AT_PAYMENT = `
  INSERT INTO returned_transfers (key, statement_position, amount_cents, currency, reason,
    returned_at, recorded_at)
  SELECT key, 1, amount_cents, currency, 'account closed', now(), now() FROM bank_transfers
  WHERE key = ${FIRST_ORDER}`;
const BOOK_BACK = `
  UPDATE payouts SET state = 'returned' FROM payout_attempts
  WHERE payout_id = payouts.id AND key = (SELECT min(key::text)::uuid FROM payout_attempts);
  INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
    business_day, payout_id, reason, occurred_at)
  SELECT '${NEW_ID}', 'return', credit_account_id, debit_account_id, transfers.amount_cents,
    business_day, payouts.id, 'account closed', now()
  FROM payouts JOIN transfers ON payout_id = payouts.id WHERE state = 'returned'`;
const COPY_WITH_NEW_ID = (kind: string): string => `
  INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents, business_day,
    task_id, assignment_number, event_id, occurred_at)
  SELECT '${NEW_ID}', kind, debit_account_id, credit_account_id, amount_cents, business_day,
    task_id, assignment_number, event_id, occurred_at
  FROM transfers WHERE kind = '${kind}' AND business_day > '${MONDAY}'`;

interface Fault {
  /** Beginning of the name of the invariant that must be broken. */
  name: string;
  mistake: string;
  database: MoneyDatabase;
  sql: string;
  /** The id that the violation must name. */
  id: () => Promise<string>;
  /** Other invariants that the same fault breaks. */
  also?: string[];
}

const faults: Fault[] = [
  {
    name: '2 each assignment',
    mistake: 'an assignment was never charged',
    database: 'account',
    sql: `DELETE FROM transfers WHERE task_id = (${OPEN_FEE})`,
    id: () => idsOf('account', OPEN_FEE),
  },
  {
    name: '2 each assignment',
    mistake: 'another fee was charged',
    database: 'account',
    sql: `UPDATE transfers SET amount_cents = amount_cents + 1 WHERE task_id = (${OPEN_FEE})`,
    id: () => idsOf('account', OPEN_FEE),
  },
  {
    name: '2 each assignment',
    mistake: 'an assignment was charged twice',
    database: 'account',
    sql: COPY_WITH_NEW_ID('fee'),
    id: () => idsOf('account', OPEN_FEE),
  },
  {
    name: '2 each assignment',
    mistake: 'what was charged was never assigned',
    database: 'board',
    sql: `DELETE FROM assignments WHERE task_id = (${SOMEBODY.replace('user_id', 'task_id')} LIMIT 1)`,
    id: () => idsOf('board', SOMEBODY.replace('user_id', 'task_id')),
  },
  {
    name: '3 each finished task',
    mistake: 'a finished task was never rewarded',
    database: 'account',
    sql: `DELETE FROM transfers WHERE task_id = (${OPEN_REWARD})`,
    id: () => idsOf('account', OPEN_REWARD),
  },
  {
    name: '3 each finished task',
    mistake: 'a finished task was rewarded twice',
    database: 'account',
    sql: COPY_WITH_NEW_ID('reward'),
    id: () => idsOf('account', OPEN_REWARD),
  },
  {
    name: '3 each finished task',
    mistake: 'somebody else was rewarded',
    database: 'account',
    sql: `UPDATE transfers SET credit_account_id = (SELECT debit_account_id FROM transfers
      WHERE task_id = (${OPEN_FEE})) WHERE task_id = (${OPEN_REWARD})`,
    id: () => idsOf('account', OPEN_REWARD),
  },
  {
    name: '6 paid or returned = one',
    mistake: 'Payment knows nothing of what was paid',
    database: 'payment',
    sql: `DELETE FROM bank_transfers WHERE key = ${FIRST_ORDER}`,
    id: () => idsOf('payment', ORDER),
    also: ['6 a successful'],
  },
  {
    name: '6 paid or returned = one',
    mistake: 'it went to another account than the attempt says',
    database: 'account',
    sql: `UPDATE payout_attempts SET bank_account = '40817810000000000666'
      WHERE key = (SELECT min(key::text)::uuid FROM payout_attempts)`,
    id: () => idsOf('payment', ORDER),
  },
  {
    name: '6 paid or returned = one',
    mistake: 'a payout is paid and no attempt succeeded',
    database: 'account',
    sql: `UPDATE payout_attempts SET outcome = 'refused'
      WHERE key = (SELECT min(key::text)::uuid FROM payout_attempts)`,
    id: () => idsOf('payment', ORDER),
  },
  {
    name: '6 paid or returned = one',
    mistake: 'a payout was paid by two attempts',
    database: 'account',
    sql: `UPDATE payout_attempts SET number = number + 1, payout_id = (SELECT id FROM payouts
        ORDER BY id LIMIT 1) WHERE payout_id <> (SELECT id FROM payouts ORDER BY id LIMIT 1)`,
    id: () => idsOf('account', 'SELECT id FROM payouts ORDER BY id'),
  },
  {
    name: '6 a successful',
    mistake: 'the bank never executed it',
    database: 'bank',
    sql: `DELETE FROM transfers WHERE reference = ${FIRST_REFERENCE}`,
    id: () => idsOf('bank', REFERENCE),
  },
  {
    name: '6 a successful',
    mistake: 'the bank executed it twice',
    database: 'bank',
    sql: `INSERT INTO transfers (reference, status, amount, currency, account)
      SELECT reference, status, amount, currency, account FROM transfers
      WHERE reference = ${FIRST_REFERENCE}`,
    id: () => idsOf('bank', REFERENCE),
  },
  {
    name: '6 a successful',
    mistake: 'the bank executed what nobody ordered',
    database: 'bank',
    sql: `INSERT INTO transfers (reference, status, amount, currency, account)
      VALUES ('${NEW_ID}', 'executed', 1, 'USD', '1')`,
    id: () => Promise.resolve(NEW_ID),
  },
  {
    name: '10 a payout booked back',
    mistake: 'Payment knows of a return that nobody booked',
    database: 'payment',
    sql: RETURN_AT_PAYMENT,
    id: () => idsOf('payment', ORDER),
    also: ['10 a returned transfer'],
  },
  {
    name: '10 a payout booked back',
    mistake: 'what was booked back never came back',
    database: 'account',
    sql: BOOK_BACK,
    id: () => idsOf('payment', ORDER),
  },
  {
    name: '10 a returned transfer',
    mistake: 'the bank sent back what Payment does not know',
    database: 'bank',
    sql: RETURN_AT_THE_BANK,
    id: () => idsOf('bank', REFERENCE),
  },
  {
    name: '8 an active user',
    mistake: 'somebody active has no account',
    database: 'user',
    sql: `UPDATE users SET id = '${NEW_ID}' WHERE id = (SELECT min(id::text)::uuid FROM users)`,
    id: () => Promise.resolve(NEW_ID),
  },
  {
    name: '8 an active user',
    mistake: 'somebody inactive has tasks',
    database: 'user',
    sql: `UPDATE users SET status = 'inactive'`,
    id: () => idsOf('board', SOMEBODY),
  },
  {
    name: '9 every event',
    mistake: 'an event never reached a consumer',
    database: 'auth',
    sql: 'DELETE FROM inbox',
    id: () => Promise.resolve(EVENT_ID),
  },
  {
    name: 'committed-covers-earlier-payouts',
    mistake: 'a closing takes off more than was ever planned',
    database: 'account',
    sql: `UPDATE closings SET committed_cents = 100, carried_cents = carried_cents - 100
      WHERE account_id = (SELECT account_id FROM payouts ORDER BY id LIMIT 1)`,
    id: () => idsOf('account', 'SELECT account_id AS id FROM payouts ORDER BY payouts.id'),
  },
];

describe('the check of the money', () => {
  it('has nothing to say of a story that is right', async () => {
    expect(await brokenNow()).toEqual({});
  });

  it('knows all that Account knows, and a fault for each invariant between services', () => {
    const names = invariants.map(({ name }) => name);
    for (const { name } of moneyInvariants) expect(names.join('\n')).toContain(name);
    const between = names.filter((name) => /^\d/.test(name));
    expect(between.length).toBe(names.length - moneyInvariants.length);
    for (const name of between) {
      expect(faults.some((fault) => name.startsWith(fault.name))).toBe(true);
    }
  });

  it.each(faults.map((fault) => [fault.name, fault.mistake, fault] as const))(
    '“%s …” names it: %s',
    async (name, _, { database, sql, id, also = [] }) => {
      const expected = await id();
      const found = await planted(database, sql, brokenNow);
      const named = Object.entries(found).find(([each]) => each.startsWith(name));
      expect(named?.[1].join()).toContain(expected);
      const names = Object.keys(found).map(
        (each) => [name, ...also].find((begin) => each.startsWith(begin)) ?? each,
      );
      expect(names.sort()).toEqual([name, ...also].sort());
    },
  );

  it.each<[string, MoneyDatabase, string]>([
    ['unpublished events', 'user', 'UPDATE outbox SET published_at = NULL'],
    ['payouts, returns or letters', 'account', `UPDATE payouts SET state = 'unknown'`],
    [
      'payouts, returns or letters',
      'account',
      `INSERT INTO returned_transfers (key, position, amount_cents, currency, reason, returned_at,
         heard_at, next_try_at) VALUES ('${NEW_ID}', 9, 1, 'USD', '', now(), now(), now())`,
    ],
    ['returns not yet read', 'payment', RETURN_AT_PAYMENT],
    ['returns not yet read', 'bank', RETURN_AT_THE_BANK],
    ['days to be closed', 'account', `UPDATE business_days SET cut_off_at = '2020-01-01'`],
    ['bank transfers', 'payment', `UPDATE bank_transfers SET state = 'in_progress'`],
    ['not yet delivered', 'account', 'DELETE FROM inbox'],
  ])('waits while there are %s', async (what, database, sql) => {
    await run('account', `UPDATE business_days SET cut_off_at = 'infinity' WHERE state = 'open'`);
    expect(await unsettled(read)).toEqual([]);
    expect((await planted(database, sql, () => unsettled(read))).join()).toContain(what);
  });

  it('takes the finding of an accountant for a transfer that Payment never heard of', async () => {
    const found = `UPDATE payout_attempts SET finding = 'paid in cash'
      WHERE key = (SELECT min(key::text)::uuid FROM payout_attempts)`;
    const byPayment = `DELETE FROM bank_transfers WHERE key = ${FIRST_ORDER}`;
    const toBank = `DELETE FROM transfers WHERE reference = ${FIRST_REFERENCE}`;
    expect(
      await planted('account', found, () =>
        planted('payment', byPayment, () => planted('bank', toBank, brokenNow)),
      ),
    ).toEqual({});
  });

  it('has nothing to say of a payout that came back and is booked back', async () => {
    const found = await planted('account', BOOK_BACK, () =>
      planted('payment', RETURN_AT_PAYMENT, () => planted('bank', RETURN_AT_THE_BANK, brokenNow)),
    );
    expect(found).toEqual({});
  });

  it('has nothing to say of a transfer that left by file, and came back', async () => {
    const filed = `UPDATE bank_transfers SET rail = 'file' WHERE key = ${FIRST_ORDER};
      ${RETURN_AT_PAYMENT}; UPDATE returned_transfers SET statement_position = NULL`;
    const notByUs = `DELETE FROM transfers WHERE reference = ${FIRST_REFERENCE}`;
    const found = await planted('account', BOOK_BACK, () =>
      planted('payment', filed, () => planted('bank', notByUs, brokenNow)),
    );
    expect(found).toEqual({});
  });

  it('does not wait for a payout that is on hold', async () => {
    await run('account', `UPDATE business_days SET cut_off_at = 'infinity' WHERE state = 'open'`);
    const held = `UPDATE payouts SET state = 'planned';
      UPDATE accounts SET payouts_held_reason = 'asked for'`;
    expect(await planted('account', held, () => unsettled(read))).toEqual([]);
  });
});

/** Runs check-money.ts with these urls, as a Job does. */
function runProgram(urls: (name: MoneyDatabase) => string): Promise<{ code: number; out: string }> {
  const env = Object.fromEntries(
    MONEY_DATABASES.map((name) => [`DATABASE_${name}_owner`, urls(name)]),
  );
  const program = join(__dirname, '..', 'check-money.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    cwd: join(__dirname, '..', '..'),
    env: { PATH: process.env['PATH'], ...env },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, out }));
  });
}

describe('the program', () => {
  beforeAll(async () => {
    await run('account', `UPDATE business_days SET cut_off_at = 'infinity' WHERE state = 'open'`);
  });

  it('ends with 0 when everything holds, a line for each invariant', async () => {
    const { code, out } = await runProgram((name) => urlOf(name)!);
    expect({ code, out }).toMatchObject({ code: 0 });
    const holding = out.split('\n').filter((line) => line.startsWith('✓ '));
    expect(holding).toEqual(invariants.map(({ name }) => `✓ ${name}`));
  });

  it('ends with 1 and the ids when one is broken', async () => {
    const id = await idsOf('bank', REFERENCE);
    await run('bank', `UPDATE transfers SET amount = amount + 1 WHERE reference = '${id}'`);
    const { code, out } = await runProgram((name) => urlOf(name)!);
    await run('bank', `UPDATE transfers SET amount = amount - 1 WHERE reference = '${id}'`);
    expect(code).toBe(1);
    expect(out).toContain(`✗ ${invariants.find(({ name }) => name.startsWith('6 a'))!.name}`);
    expect(out).toContain(id);
  });

  it('ends with 2 when a database does not answer', async () => {
    const gone = new URL(urlOf('board')!);
    gone.port = '1';
    const { code, out } = await runProgram((name) => (name === 'board' ? gone.href : urlOf(name)!));
    expect(code).toBe(2);
    expect(out).toContain('could not be checked');
    expect(out).not.toContain('✓');
  });

  it('ends with 2 when nobody said where a database is', async () => {
    const but = (name: MoneyDatabase): string | undefined =>
      name === 'board' ? undefined : urlOf(name);
    expect(await reportMoney(but, SHORT_REST_MS)).toBe(2);
  });

  it('ends with 2 and says what is under way when things do not come to rest', async () => {
    const said: string[] = [];
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    await run('user', 'UPDATE outbox SET published_at = NULL');
    const code = await reportMoney(urlOf, SHORT_REST_MS).finally(() => stdout.mockRestore());
    await run('user', 'UPDATE outbox SET published_at = now()');
    expect(code).toBe(2);
    expect(said.join('')).toBe('not settled: 1 unpublished events (user)\n');
  });
});
