import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { createTestBooks, type TestBooks } from '../../testing/test-books';
import type { TaskPrice } from '../domain/price';
import { priceTask } from './price-task';

let testBooks: TestBooks;
beforeAll(async () => {
  testBooks = await createTestBooks();
});
afterAll(() => testBooks.test.drop());

it('a price is drawn once: two questions at once, and a later one, have one answer', async () => {
  const { books } = testBooks;
  const taskId = newId();
  const prices: TaskPrice[] = [];
  const draws = [(min: number) => min, (_: number, max: number) => max];
  const attempts = draws.map((draw) => async () => {
    prices.push(await priceTask(books, taskId, draw));
  });
  expect(await atOnce(testBooks.test, 'prices', attempts)).toEqual({ done: 2 });
  const [first, second] = prices;
  expect(second).toEqual(first);
  expect(await priceTask(books, taskId, (min) => min + 1)).toEqual(first);
  expect(await query(books.database, 'SELECT FROM prices')).toHaveLength(1);
});
