import { query } from '../../../shared/db/data-source';
import { currentDay } from '../../days/queries/business-days';
import { keepWhenLettersWereSent } from '../../migrations/0009-keep-when-letters-were-sent';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  type TestEvening,
} from '../../testing/test-evening';
import { letterKey } from '../domain/payout';
import { runLetters } from '../jobs/letters.job';
import { runPayouts } from '../jobs/payouts.job';
import { listPayouts, type PayoutRecord } from '../queries/payouts';

const MINUTE_MS = 60_000;

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

const sql = <Row = object>(text: string, params: unknown[] = []): Promise<Row[]> =>
  query<Row>(evening.books.database, text, params);

/** Returns a payout settled by the previous version: its letter is a row of the old table. */
async function settledBefore(outcome: 'succeed' | 'refuse' = 'succeed'): Promise<string> {
  const { books, desk, payment } = evening;
  payment.behave = () => outcome;
  await earn(books, await openPayee(books), 2500n);
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  await runPayouts(desk);
  await sql('DELETE FROM due_letters');
  await sql('UPDATE payout_attempts SET letter_id = NULL');
  const [{ id } = { id: '' }] = await sql<{ id: string }>(
    `INSERT INTO payout_letters (payout_id, attempt_number, template, due_at)
     SELECT id, 1, CASE state WHEN 'paid' THEN 'payout-paid' ELSE 'payout-refused' END, $1
     FROM payouts RETURNING payout_id AS id`,
    [books.clock()],
  );
  return id!;
}

async function onlyPayout(): Promise<PayoutRecord> {
  const filter = { day: null, state: null, userId: null };
  const page = { after: null, limit: 10 };
  return (await listPayouts(evening.books.database, filter, page))[0]!;
}

const states = (): Promise<{ state: string }[]> => sql('SELECT state FROM due_letters');

describe('a letter that the version before left', () => {
  it.each([
    ['succeed', { template: 'payout-paid' }],
    ['refuse', { template: 'payout-refused', reason: 'no such number' }],
  ] as const)('unsent (%s): sent with the key it had', async (outcome, content) => {
    const id = await settledBefore(outcome);
    const { desk, payment, books } = evening;
    await runLetters(desk);
    const amount = { amount: '2500', currency: 'USD' };
    expect(payment.letters).toMatchObject([
      { key: letterKey(id, 1), letter: { ...content, day: '2026-03-02', amount } },
    ]);
    expect(await onlyPayout()).toMatchObject({ letterSentAt: books.clock() });
    expect(await sql('SELECT 1 FROM payout_letters')).toEqual([]);
  });

  it('while it is sending it: the same key, so no second letter, whoever is first', async () => {
    const id = await settledBefore();
    const { desk, payment, books } = evening;
    await sql('UPDATE payout_letters SET lease_until = $1', [
      new Date(books.clock().getTime() + MINUTE_MS),
    ]);
    await Promise.all([runLetters(desk), runLetters(desk), runLetters(desk)]);
    expect(payment.letters.map(({ key }) => key)).toEqual([letterKey(id, 1)]);
    // The previous version records the letter as sent: no row is left to update.
    const late = `UPDATE payout_letters SET state = 'sent', sent_at = $1 RETURNING 1`;
    expect(await sql(late, [books.clock()])).toEqual([]);
  });

  it('given up: stays so, to be sent by hand', async () => {
    await settledBefore();
    await sql(`UPDATE payout_letters SET state = 'failed'`);
    await runLetters(evening.desk);
    expect(evening.payment.letters).toEqual([]);
    expect(await states()).toEqual([{ state: 'failed' }]);
    await sql(`UPDATE due_letters SET state = 'due'`);
    await runLetters(evening.desk);
    expect(evening.payment.letters).toHaveLength(1);
  });

  it('sent: not sent again, and the payout tells when', async () => {
    await settledBefore();
    const sentAt = new Date(evening.books.clock().getTime() - MINUTE_MS);
    await sql(`UPDATE payout_letters SET state = 'sent', sent_at = $1`, [sentAt]);
    expect(await onlyPayout()).toMatchObject({ letterSentAt: sentAt });
    await runLetters(evening.desk);
    expect(evening.payment.letters).toEqual([]);
    expect(await states()).toEqual([]);
  });

  it('sent before the tables were changed: the payout tells when, too', async () => {
    await settledBefore();
    const sentAt = new Date(evening.books.clock().getTime() - MINUTE_MS);
    await sql(`UPDATE payout_letters SET state = 'sent', sent_at = $1`, [sentAt]);
    await sql('UPDATE payout_attempts SET letter_sent_at = NULL');
    await evening.books.database.transaction((tx) => query(tx, keepWhenLettersWereSent.sql));
    expect(await onlyPayout()).toMatchObject({ letterSentAt: sentAt });
  });
});
