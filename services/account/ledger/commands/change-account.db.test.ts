import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { publishedHints } from '../../testing/published-hints';
import { createTestBooks, openTestAccount, type TestBooks } from '../../testing/test-books';
import type { AccountChange } from '../steps/apply-account-change';
import { changeAccount } from './change-account';

const NUMBER = '40817810000000000001';
const held = { payoutsHeld: { reason: 'to be looked into' } };

let testBooks: TestBooks;
beforeAll(async () => {
  testBooks = await createTestBooks();
});
afterAll(() => testBooks.test.drop());

const actorId = newId();
const change =
  (userId: string, to: AccountChange, basedOn: 'any' | number[] = [1]) =>
  () =>
    changeAccount(testBooks.books, { userId, actorId, basedOn }, to);

/** Changes of one request have no order: they are one moment. */
const actionsOf = async (userId: string): Promise<string[]> => {
  const sql = `SELECT action FROM audit_log
    JOIN accounts ON accounts.id::text = subject WHERE user_id = $1 ORDER BY action`;
  const rows = await query<{ action: string }>(testBooks.books.database, sql, [userId]);
  return rows.map(({ action }) => action);
};
const lettersTo = (userId: string): Promise<unknown[]> =>
  query(testBooks.books.database, 'SELECT FROM due_letters WHERE user_id = $1', [userId]);

it('the same change again changes nothing', async () => {
  const userId = await openTestAccount(testBooks.books);
  await change(userId, { bankAccount: NUMBER, ...held })();
  await change(userId, { bankAccount: NUMBER, ...held }, 'any')();
  expect(await actionsOf(userId)).toEqual(['account.bank-account-changed', 'account.payouts-held']);
  expect(await lettersTo(userId)).toHaveLength(1);
});

const hintsSince = async (before: number) =>
  (await publishedHints(testBooks.books.database)).slice(before);
const hintCount = async () => (await publishedHints(testBooks.books.database)).length;

const aboutAccount = (userId: string) => ({
  topic: 'entry',
  people: [{ userId }],
  watchers: 'accounting.view-all',
});
const ABOUT_PAYOUTS = { topic: 'payout', people: [], watchers: 'payouts.manage' };

it('a new bank account: hints for its holder and those who see all money, once', async () => {
  const userId = await openTestAccount(testBooks.books);
  const before = await hintCount();
  await change(userId, { bankAccount: NUMBER, fullName: 'Innokenty Popugayev' })();
  expect(await hintsSince(before)).toEqual([[aboutAccount(userId)]]);
  await change(userId, { bankAccount: NUMBER }, 'any')();
  expect(await hintsSince(before)).toHaveLength(1);
});

it('a hold, another reason and a release: hints also for those who manage payouts', async () => {
  const userId = await openTestAccount(testBooks.books);
  const before = await hintCount();
  const both = [aboutAccount(userId), ABOUT_PAYOUTS];
  await change(userId, held)();
  await change(userId, { payoutsHeld: { reason: 'found' } }, 'any')();
  await change(userId, { payoutsHeld: null }, 'any')();
  expect(await hintsSince(before)).toEqual([both, both, both]);
});

it('a refused change: no hint', async () => {
  const userId = await openTestAccount(testBooks.books);
  const before = await hintCount();
  await expect(change(userId, held, [2])()).rejects.toMatchObject({ id: 'stale-version' });
  expect(await hintsSince(before)).toEqual([]);
});

it('of two changes of one version at once one is refused', async () => {
  const userId = await openTestAccount(testBooks.books);
  const attempts = [change(userId, { bankAccount: NUMBER }), change(userId, held)];
  const outcomes = await atOnce(testBooks.test, 'accounts', attempts);
  expect(outcomes).toEqual({ done: 1, 'stale-version': 1 });
  expect(await actionsOf(userId)).toHaveLength(1);
});

it.each([
  ['one’s own account', actorId, 'own-account'],
  ['nobody’s account', newId(), 'not-found'],
])('refuses %s', async (_, userId, refusal) => {
  await expect(change(userId, held)()).rejects.toMatchObject({ id: refusal });
});

it.each(['due_letters', 'audit_log'])(
  'is undone as a whole when its row in %s can’t be stored',
  async (table) => {
    const userId = await openTestAccount(testBooks.books);
    const attempt = change(userId, { bankAccount: NUMBER, ...held });
    await expectRolledBack(testBooks.test, table, attempt);
  },
);
