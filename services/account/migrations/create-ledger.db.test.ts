import pg from 'pg';
import { newId } from '../../shared/kernel/ids';
import { openBusinessDays } from '../days/steps/open-business-days';
import { BANK_CLEARING_ACCOUNT_ID, MANAGEMENT_ACCOUNT_ID } from '../ledger/domain/system-accounts';
import {
  MONDAY_NOON,
  createTestBooks,
  openTestAccount,
  priceTestTask,
  type TestBooks,
} from '../testing/test-books';

let fixture: TestBooks;
let owner: pg.Client;
let app: pg.Client;
let employee: string;
let other: string;
let taskId: string;
let feeId: string;

const accountIdOf = async (userId: string): Promise<string> => {
  const found = await owner.query('SELECT id FROM accounts WHERE user_id = $1', [userId]);
  return (found.rows[0] as { id: string }).id;
};

beforeAll(async () => {
  fixture = await createTestBooks();
  owner = new pg.Client(fixture.test.ownerUrl);
  app = new pg.Client(fixture.test.url);
  await Promise.all([owner.connect(), app.connect()]);
  const { books } = fixture;
  await openBusinessDays(books.database, MONDAY_NOON, books.calendar);
  employee = await accountIdOf(await openTestAccount(books));
  other = await accountIdOf(await openTestAccount(books));
  taskId = await priceTestTask(books, { fee: 1375n, reward: 2750n });
  feeId = await book({});
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await fixture.test.drop();
});

/** Writes a transfer: a right fee but for what a test says. Returns its id. */
async function book(changes: Record<string, unknown>): Promise<string> {
  const row: Record<string, unknown> = {
    id: newId(),
    kind: 'fee',
    debit_account_id: employee,
    credit_account_id: MANAGEMENT_ACCOUNT_ID,
    amount_cents: 1375,
    business_day: '2026-03-02',
    task_id: taskId,
    assignment_number: 1,
    event_id: newId(),
    occurred_at: MONDAY_NOON,
    ...changes,
  };
  const columns = Object.keys(row);
  const values = columns.map((_, index) => `$${index + 1}`);
  const sql = `INSERT INTO transfers (${columns.join(', ')}) VALUES (${values.join(', ')})`;
  await app.query(sql, Object.values(row));
  return row['id'] as string;
}

const reward = () => ({
  kind: 'reward',
  debit_account_id: MANAGEMENT_ACCOUNT_ID,
  credit_account_id: employee,
  amount_cents: 2750,
  assignment_number: null,
});
const reversal = () => ({
  kind: 'reversal',
  debit_account_id: MANAGEMENT_ACCOUNT_ID,
  credit_account_id: employee,
  assignment_number: null,
  event_id: null,
  reverses_id: feeId,
  reason: 'dealt by mistake',
  author_id: newId(),
});

describe('what was recorded', () => {
  it.each([
    `UPDATE transfers SET amount_cents = amount_cents + 1`,
    `UPDATE prices SET fee_cents = 0`,
    `UPDATE price_formulas SET accrual_rate = '2'`,
    ...['transfers', 'prices', 'price_formulas'].flatMap((table) => [
      `DELETE FROM ${table} WHERE false`,
      `TRUNCATE ${table} CASCADE`,
    ]),
    `DELETE FROM accounts`,
    `TRUNCATE accounts CASCADE`,
    `UPDATE accounts SET kind = 'management' WHERE user_id IS NOT NULL`,
    `UPDATE accounts SET user_id = gen_random_uuid() WHERE user_id IS NOT NULL`,
    `DELETE FROM business_days`,
    `UPDATE business_days SET day = day + 1`,
  ])('stays, whoever says %s', async (statement) => {
    await expect(owner.query(statement)).rejects.toThrow('what was recorded stays');
    await expect(app.query(statement)).rejects.toThrow(/permission denied|what was recorded/);
  });

  it('stays in a day that was closed', async () => {
    await owner.query(`INSERT INTO business_days VALUES ('2026-02-28', now(), 'closed')`);
    for (const change of [`state = 'open'`, `cut_off_at = now()`]) {
      const sql = `UPDATE business_days SET ${change} WHERE day = '2026-02-28'`;
      await expect(owner.query(sql)).rejects.toThrow('what was recorded stays');
    }
  });
});

describe('a transfer', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['of nothing', () => ({ amount_cents: 0 })],
    ['of less than nothing', () => ({ amount_cents: -1 })],
    ['to itself', () => ({ credit_account_id: employee })],
    ['of an unknown kind', () => ({ kind: 'gift' })],
    ['from an account that is not there', () => ({ debit_account_id: newId() })],
    ['on a day that is not there', () => ({ business_day: '2027-01-01' })],
    ['on a closed day', () => ({ business_day: '2026-02-28' })],
    ['of a fee between employees', () => ({ credit_account_id: other })],
    [
      'of a fee to the employee',
      () => ({ debit_account_id: MANAGEMENT_ACCOUNT_ID, credit_account_id: employee }),
    ],
    ['of a fee that is not that of the task', () => ({ amount_cents: 1376 })],
    ['of a fee for a task without price', () => ({ task_id: newId() })],
    ['of a fee without task', () => ({ task_id: null })],
    ['of a fee without number', () => ({ assignment_number: null })],
    ['of a reward that is not that of the task', () => ({ ...reward(), amount_cents: 2751 })],
    ['of a reward from an employee', () => ({ ...reward(), debit_account_id: other })],
    ['of a payout to an employee', () => payout({ credit_account_id: other })],
    ['of a payout from the bank', () => payout({ debit_account_id: BANK_CLEARING_ACCOUNT_ID })],
    ['of a reversal in the same direction', () => ({ ...reversal(), ...sidesOfFee() })],
    ['of a reversal of another amount', () => ({ ...reversal(), amount_cents: 1 })],
    ['of a reversal to somebody else', () => ({ ...reversal(), credit_account_id: other })],
    ['of a reversal without reason', () => ({ ...reversal(), reason: null })],
    ['of a reversal without author', () => ({ ...reversal(), author_id: null })],
    ['of a reversal of nothing', () => ({ ...reversal(), reverses_id: null })],
  ])('%s is refused', async (_, changes) => {
    await expect(book({ assignment_number: 7, ...changes() })).rejects.toMatchObject({
      code: expect.stringMatching(/^23(514|503|502)$/) as string,
    });
  });

  it('has its natural key for itself, for ever', async () => {
    await expect(book({})).rejects.toMatchObject({ constraint: 'transfers_fee_key' });
    await book(reward());
    await expect(book(reward())).rejects.toMatchObject({ constraint: 'transfers_reward_key' });
  });

  it('can be reversed once, and the reversal too', async () => {
    const reversalId = await book(reversal());
    await expect(book(reversal())).rejects.toMatchObject({ constraint: 'transfers_reverses_key' });
    await book({ ...reversal(), ...sidesOfFee(), reverses_id: reversalId });
  });
});

function sidesOfFee(): Record<string, unknown> {
  return { debit_account_id: employee, credit_account_id: MANAGEMENT_ACCOUNT_ID };
}
function payout(changes: Record<string, unknown>): Record<string, unknown> {
  const payoutId = newId();
  return {
    kind: 'payout',
    credit_account_id: BANK_CLEARING_ACCOUNT_ID,
    task_id: null,
    assignment_number: null,
    payout_id: payoutId,
    ...changes,
  };
}
