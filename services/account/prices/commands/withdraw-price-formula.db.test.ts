import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { MONDAY_NOON, createTestBooks, type TestBooks } from '../../testing/test-books';
import { listPriceFormulas } from '../queries/price-formulas';
import { lockFormulas } from '../steps/lock-formulas';
import { addPriceFormula } from './add-price-formula';
import { priceTask } from './price-task';
import { withdrawPriceFormula } from './withdraw-price-formula';

const HOUR_MS = 3_600_000;
const actorId = newId();
const STARTS = new Date(MONDAY_NOON.getTime() + HOUR_MS);
const FIXED = 77_777n;

let fixture: TestBooks;
beforeEach(async () => {
  fixture = await createTestBooks();
});
afterEach(() => fixture.test.drop());

/** Adds a formula that starts in an hour; every price drawn by it is the same. */
async function addedFormula(): Promise<number> {
  const formula = await addPriceFormula(fixture.books, {
    validFrom: STARTS,
    priceMinCents: FIXED,
    priceMaxCents: FIXED,
    writeOffRate: '0.5',
    accrualRate: '1',
    actorId,
    request: { target: 'test', idempotencyKey: null },
  });
  return formula.version;
}
const withdraw = (version: number): Promise<void> =>
  withdrawPriceFormula(fixture.books, { version, actorId });
const drawn = async (): Promise<bigint> =>
  (await priceTask(fixture.books, newId(), (min) => min)).priceCents;

it('withdrawn before its start, a formula draws no price and is in no list', async () => {
  const { books, setNow } = fixture;
  const version = await addedFormula();
  await withdraw(version);
  setNow(STARTS);
  expect(await drawn()).toBe(2000n);
  const listed = await listPriceFormulas(books, { before: null, count: 10 });
  expect(listed.map((formula) => formula.version)).toEqual([1]);
  const sql = `SELECT actor_id, subject, details FROM audit_log
    WHERE action = 'price-formula.withdrawn'`;
  expect(await query(books.database, sql)).toEqual([
    {
      actor_id: actorId,
      subject: String(version),
      details: {
        before: {
          priceMinCents: String(FIXED),
          priceMaxCents: String(FIXED),
          writeOffRate: '0.5',
          accrualRate: '1',
          validFrom: STARTS.toISOString(),
        },
        after: null,
        reason: null,
      },
    },
  ]);
});

it('a formula that was not withdrawn draws prices', async () => {
  await addedFormula();
  fixture.setNow(STARTS);
  expect(await drawn()).toBe(FIXED);
});

it('from its start on a formula stays: 409; the first one always', async () => {
  const version = await addedFormula();
  fixture.setNow(STARTS);
  await expect(withdraw(version)).rejects.toMatchObject({ status: 409, id: 'already-started' });
  await expect(withdraw(1)).rejects.toMatchObject({ status: 409, id: 'already-started' });
  expect(await drawn()).toBe(FIXED);
});

it('twice is 404, as for a formula that never was', async () => {
  const version = await addedFormula();
  await withdraw(version);
  await expect(withdraw(version)).rejects.toMatchObject({ status: 404 });
  await expect(withdraw(version + 1)).rejects.toMatchObject({ status: 404 });
});

it('waits for a price that is being drawn, and looks at the clock after that', async () => {
  const { books, setNow } = fixture;
  const version = await addedFormula();
  // In an object: a transaction waits for a promise that it returns.
  const { outcome } = await books.database.transaction(async (tx) => {
    await lockFormulas(tx, 'to draw');
    const begun = Promise.allSettled([withdraw(version)]);
    await eventually('the withdrawal to wait', () => isLockAwaited(books.database));
    setNow(STARTS);
    return { outcome: begun };
  });
  expect(await outcome).toMatchObject([
    { status: 'rejected', reason: { status: 409, id: 'already-started' } },
  ]);
});

it('no price is drawn by a withdrawn formula, whatever draws it', async () => {
  const version = await addedFormula();
  await withdraw(version);
  const sql = `INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
    VALUES ($1, $2, 1, 1, 1)`;
  await expect(query(fixture.books.database, sql, [newId(), version])).rejects.toMatchObject({
    driverError: { constraint: 'prices_by_valid_formula' },
  });
});

it('a withdrawal is for good', async () => {
  const version = await addedFormula();
  await withdraw(version);
  const back = query(fixture.books.database, 'DELETE FROM withdrawn_price_formulas');
  await expect(back).rejects.toThrow('permission denied');
});

it('and its audit row are written both or neither', async () => {
  const version = await addedFormula();
  const { test } = fixture;
  await expectRolledBack(test, 'withdrawn_price_formulas', () => withdraw(version));
  await withdraw(version);
});
