import pg from 'pg';
import { createTestBooks, type TestBooks } from '../testing/test-books';
import { indexReturns } from './0012-index-returns';
import { takeMoneyBack } from './0013-take-money-back';

let books: TestBooks;
let owner: pg.Client;
let booking: pg.Client;

beforeEach(async () => {
  books = await createTestBooks();
  owner = new pg.Client(books.test.ownerUrl);
  booking = new pg.Client(books.test.ownerUrl);
  await owner.connect();
  await booking.connect();
});
afterEach(async () => {
  await booking.end();
  await owner.end();
  await books.test.drop();
});

async function isIndexValid(): Promise<boolean> {
  const { rows } = await owner.query<{ valid: boolean }>(
    `SELECT indisvalid AS valid FROM pg_index
     WHERE indexrelid = 'transfers_return_key'::regclass`,
  );
  return rows[0]!.valid;
}

/** First statement of the migration: the check of the index. */
const CHECK = takeMoneyBack.sql.slice(0, takeMoneyBack.sql.indexOf('END $$;') + 'END $$;'.length);

it('the index of returns: built anew when its concurrent build was interrupted', async () => {
  await owner.query('DROP INDEX transfers_return_key');
  await booking.query('BEGIN; LOCK TABLE transfers IN ROW EXCLUSIVE MODE');
  await owner.query(`SET lock_timeout = '100ms'`);
  await expect(owner.query(indexReturns.sql)).rejects.toThrow('lock timeout');
  await booking.query('ROLLBACK');
  await owner.query(indexReturns.sql);
  expect(await isIndexValid()).toBe(false);
  await owner.query(CHECK);
  expect(await isIndexValid()).toBe(true);
});
