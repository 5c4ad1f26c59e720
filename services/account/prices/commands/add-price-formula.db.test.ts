import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { MONDAY_NOON, createTestBooks, type TestBooks } from '../../testing/test-books';
import { addPriceFormula, type NewPriceFormula } from './add-price-formula';

let testBooks: TestBooks;
beforeAll(async () => {
  testBooks = await createTestBooks();
});
afterAll(() => testBooks.test.drop());

const actorId = newId();
const target = 'POST /price-formulas';
const formula = (changes: Partial<NewPriceFormula> = {}): NewPriceFormula => ({
  priceMinCents: 2000n,
  priceMaxCents: 4000n,
  writeOffRate: '0.5',
  accrualRate: '1',
  validFrom: null,
  actorId,
  request: { target, idempotencyKey: newId() },
  ...changes,
});
const add = (input: NewPriceFormula) => () => addPriceFormula(testBooks.books, input);

it('the same request, at once and afterwards, adds one formula; its key for another is refused', async () => {
  const input = formula();
  const { database } = testBooks.books;
  expect(await atOnce(testBooks.test, 'price_formulas', [add(input), add(input)])).toEqual({
    done: 2,
  });
  const { version } = await add(input)();
  const sql = `SELECT action FROM audit_log WHERE subject = $1`;
  expect(await query(database, sql, [String(version)])).toEqual([
    { action: 'price-formula.added' },
  ]);
  const other = add({ ...input, priceMaxCents: 5000n });
  await expect(other()).rejects.toMatchObject({ id: 'id-taken' });
});

it('of two formulas at once with one key one is refused', async () => {
  const input = formula();
  const attempts = [add(input), add({ ...input, priceMaxCents: 5000n })];
  const outcomes = await atOnce(testBooks.test, 'price_formulas', attempts);
  expect(outcomes).toEqual({ done: 1, 'id-taken': 1 });
});

it.each([
  ['/priceMin', { priceMinCents: 0n }],
  ['/priceMax', { priceMaxCents: 1999n }],
  ['/priceMax', { priceMaxCents: 1_000_000_000_001n }],
  ['/writeOffRate', { writeOffRate: '-1' }],
  ['/accrualRate', { accrualRate: '10.00001' }],
  ['/validFrom', { validFrom: new Date(MONDAY_NOON.getTime() - 1) }],
])('refuses a wrong %s', async (pointer, changes) => {
  const refused = add(formula(changes));
  await expect(refused()).rejects.toMatchObject({ id: 'bad-request', errors: [{ pointer }] });
});

it('is undone as a whole when its audit row can’t be stored', () =>
  expectRolledBack(testBooks.test, 'audit_log', add(formula())));
