import { asOwner } from '../../../shared/testing/test-database';
import { closeByHand } from '../../testing/close-by-hand';
import { ACCOUNTANT, createTestEvening, earn, openPayee } from '../../testing/test-evening';
import type { TestEvening } from '../../testing/test-evening';
import { listDays } from '../queries/day-figures';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import { runPayouts } from './payouts.job';

const DAY_MS = 24 * 3_600_000;
const LEASE_MS = 60_000;
const MONDAY = '2026-03-02';

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Makes the database refuse rows on a condition, with an error named after the table. */
async function refuse(table: string, event: string, condition: string): Promise<void> {
  const name = `broken_${table}_${event.toLowerCase()}`;
  await asOwner(evening.test, [
    `
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${name}' USING ERRCODE = 'check_violation'; END $$;
    CREATE TRIGGER ${name} BEFORE ${event} ON ${table} FOR EACH ROW WHEN (${condition})
      EXECUTE FUNCTION ${name}()`,
  ]);
}

function payouts(): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId: null };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

async function days(): Promise<[day: string, state: string][]> {
  const found = await listDays(evening.books, { after: null, limit: 100 });
  return found.map(({ day, state }) => [day, state]);
}

describe('a round in which', () => {
  it('the closing fails: earlier days are paid, and no later day is closed before', async () => {
    const { books, desk, pass } = evening;
    await earn(books, await openPayee(books), 2500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    await refuse('closings', 'INSERT', `NEW.day = '2026-03-03'`);
    pass(2 * DAY_MS);
    await expect(runPayouts(desk)).rejects.toThrow('broken_closings_insert');
    expect(await payouts()).toMatchObject([{ state: 'paid' }]);
    // A closing builds on the closing before: the entries of a skipped day would be lost.
    expect(await days()).toEqual([
      ['2026-03-04', 'open'],
      ['2026-03-03', 'open'],
      [MONDAY, 'closed'],
    ]);
    await asOwner(evening.test, ['DROP TRIGGER broken_closings_insert ON closings']);
    await runPayouts(desk);
    expect((await days()).slice(1)).toEqual([
      ['2026-03-03', 'closed'],
      [MONDAY, 'closed'],
    ]);
  });

  it('nothing planned can be taken up: what is unclear is asked about all the same', async () => {
    const { books, desk, pass, payment } = evening;
    await earn(books, await openPayee(books), 2500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    payment.behave = () => 'lose-done';
    await runPayouts(desk);
    const others = await openPayee(books);
    await earn(books, others, 100n);
    await closeByHand(books, '2026-03-03', ACCOUNTANT);
    await refuse('payouts', 'UPDATE', `NEW.state = 'transferring'`);
    pass(LEASE_MS);
    const error = await runPayouts(desk).catch((thrown: unknown) => thrown);
    expect((error as AggregateError).errors).toHaveLength(2);
    expect(await payouts()).toMatchObject([{ state: 'planned' }, { state: 'paid' }]);
  });
});
