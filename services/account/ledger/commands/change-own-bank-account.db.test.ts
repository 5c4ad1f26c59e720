import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { publishedHints } from '../../testing/published-hints';
import { createTestBooks, openTestAccount, type TestBooks } from '../../testing/test-books';
import { changeOwnBankAccount } from './change-own-bank-account';

const NUMBER = '40817810000000000001';
const OTHER = '40817810000000000002';

let testBooks: TestBooks;
beforeAll(async () => {
  testBooks = await createTestBooks();
});
afterAll(() => testBooks.test.drop());

const change = (userId: string, number: string) => (): Promise<void> =>
  changeOwnBankAccount(testBooks.books, userId, number);
const lettersTo = (userId: string): Promise<unknown[]> =>
  query(testBooks.books.database, 'SELECT FROM due_letters WHERE user_id = $1', [userId]);

it('the same number again: changes nothing, and no second letter is due', async () => {
  const userId = await openTestAccount(testBooks.books);
  await change(userId, NUMBER)();
  await change(userId, NUMBER)();
  expect(await lettersTo(userId)).toHaveLength(1);
});

it('another number: hints for its holder and those who see all money', async () => {
  const userId = await openTestAccount(testBooks.books);
  await change(userId, NUMBER)();
  const [hint] = (await publishedHints(testBooks.books.database)).at(-1)!;
  expect(hint).toEqual({
    topic: 'entry',
    people: [{ userId }],
    watchers: 'accounting.view-all',
  });
});

it('two numbers at once: one after the other, with a letter and an audit row each', async () => {
  const userId = await openTestAccount(testBooks.books);
  const attempts = [change(userId, NUMBER), change(userId, OTHER)];
  expect(await atOnce(testBooks.test, 'accounts', attempts)).toEqual({ done: 2 });
  expect(await lettersTo(userId)).toHaveLength(2);
  const audited = await query(
    testBooks.books.database,
    'SELECT FROM audit_log JOIN accounts ON accounts.id::text = subject WHERE user_id = $1',
    [userId],
  );
  expect(audited).toHaveLength(2);
});

it('a person without account: 404', async () => {
  await expect(change(newId(), NUMBER)()).rejects.toMatchObject({ status: 404 });
});

it('is rolled back as a whole when its letter can’t be stored', async () => {
  const userId = await openTestAccount(testBooks.books);
  await expectRolledBack(testBooks.test, 'due_letters', change(userId, NUMBER));
});

it('a name is kept by a change without name, and audited when it changes', async () => {
  const { books } = testBooks;
  const userId = await openTestAccount(books);
  await changeOwnBankAccount(books, userId, NUMBER, 'Innokenty Popugayev');
  await changeOwnBankAccount(books, userId, OTHER);
  const [account] = await query(
    books.database,
    'SELECT bank_account, bank_account_holder FROM accounts WHERE user_id = $1',
    [userId],
  );
  expect(account).toEqual({
    bank_account: OTHER,
    bank_account_holder: 'Innokenty Popugayev',
  });
  const audited = await query<{ action: string }>(
    books.database,
    'SELECT action FROM audit_log JOIN accounts ON accounts.id::text = subject WHERE user_id = $1',
    [userId],
  );
  const names = audited.filter(({ action }) => action === 'account.bank-account-holder-changed');
  expect(names).toHaveLength(1);
});
