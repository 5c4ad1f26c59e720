import { ADDRESS_REFUSED, putLetter } from '../../../shared/contracts/calls/notify';
import { query } from '../../../shared/db/data-source';
import { currentDay } from '../../days/queries/business-days';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  retryByHand,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { letterKey } from '../domain/payout';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import { runLetters } from './letters.job';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Opens a payee's account and plans a payout. */
async function owed(): Promise<void> {
  const { books } = evening;
  await earn(books, await openPayee(books), 2500n);
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
}

async function onlyPayout(): Promise<PayoutRecord> {
  const filter = { day: null, state: null, userId: null };
  const page = { after: null, limit: 10 };
  return (await listPayouts(evening.books.database, filter, page))[0]!;
}

const letterStates = (): Promise<{ state: string }[]> =>
  query(evening.books.database, 'SELECT state FROM due_letters');

describe('letters', () => {
  it('Notify away: the money is paid all the same, and the letter comes later', async () => {
    const { desk, payment, pass } = evening;
    payment.isMailUp = false;
    await owed();
    await runEvening(desk);
    expect(await onlyPayout()).toMatchObject({ state: 'paid', letterSentAt: null });
    payment.isMailUp = true;
    await runLetters(desk);
    expect(payment.letters).toEqual([]);
    pass(HOUR_MS);
    await runLetters(desk);
    expect(payment.letters).toHaveLength(1);
    expect(await onlyPayout()).toMatchObject({ letterSentAt: evening.books.clock() });
  });

  it('Notify away for a day: given up, the payout stays paid', async () => {
    const { desk, payment, pass } = evening;
    payment.isMailUp = false;
    await owed();
    await runEvening(desk);
    for (let hour = 0; hour < 24; hour++) {
      expect(await letterStates()).toEqual([{ state: 'due' }]);
      pass(HOUR_MS);
      await runLetters(desk);
    }
    expect(await letterStates()).toEqual([{ state: 'failed' }]);
    payment.isMailUp = true;
    pass(HOUR_MS);
    await runLetters(desk);
    expect(payment.letters).toEqual([]);
    expect(await onlyPayout()).toMatchObject({ state: 'paid' });
  });

  it.each([
    ['an address that is wrong for certain: given up at once', ADDRESS_REFUSED, 'failed'],
    ['another 422: tried again', 'key-reused', 'due'],
  ])('%s', async (_, type, state) => {
    const { desk, neighbours } = evening;
    neighbours.answer(putLetter, () => ({ refuse: 422, type }));
    await owed();
    await runEvening(desk);
    expect(await letterStates()).toEqual([{ state }]);
    expect(await onlyPayout()).toMatchObject({ state: 'paid' });
  });

  it('a crash after Notify took it: the same key again', async () => {
    const { desk, payment, pass, books } = evening;
    await owed();
    await runEvening(desk);
    await query(books.database, `UPDATE due_letters SET state = 'due', next_try_at = $1`, [
      books.clock(),
    ]);
    pass(MINUTE_MS);
    const { calls } = evening.neighbours;
    const before = calls.length;
    await runLetters(desk);
    const { id } = await onlyPayout();
    const sent = calls.slice(before).filter(({ path }) => path.includes('/letters/'));
    expect(sent.map(({ path }) => path.split('/').at(-1))).toEqual([letterKey(id, 1)]);
    expect(payment.letters).toHaveLength(1);
    expect(await letterStates()).toEqual([{ state: 'sent' }]);
  });

  it('a refusal that is retried at once: both letters are sent', async () => {
    const { desk, payment, pass } = evening;
    payment.isMailUp = false;
    await owed();
    payment.behave = () => 'refuse';
    await runEvening(desk);
    payment.behave = () => 'succeed';
    const { id } = await onlyPayout();
    await retryByHand(desk, id);
    payment.isMailUp = true;
    await runEvening(desk);
    pass(HOUR_MS);
    await runLetters(desk);
    const templates = payment.letters.map(({ letter }) => letter.template).sort();
    expect(templates).toEqual(['payout-paid', 'payout-refused']);
  });

  it('three workers at once: one letter each', async () => {
    const { desk, payment } = evening;
    payment.isMailUp = false;
    await owed();
    await runEvening(desk);
    payment.isMailUp = true;
    evening.pass(HOUR_MS);
    const before = evening.neighbours.calls.length;
    await Promise.all([runLetters(desk), runLetters(desk), runLetters(desk)]);
    expect(evening.neighbours.calls).toHaveLength(before + 2);
  });
});
