import { atOnce } from '../../../shared/testing/at-once';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { asOwner } from '../../../shared/testing/test-database';
import { Signal } from '../../../shared/work/signal';
import { enterLedgerAlone } from '../../ledger/steps/enter-ledger';
import { closeByHand } from '../../testing/close-by-hand';
import { openReturns, paidPayee, payoutsOf, transfersBack } from '../../testing/returned-payouts';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  lastClosing,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { closeDayByHand } from '../steps/close-day';
import { bookReturn } from './book-return';
import { hearOfReturns } from './hear-of-returns';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TUESDAY = '2026-03-03';
const WEDNESDAY = '2026-03-04';

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Returns a payee whose paid payout came back: Account has heard of the return. */
async function heard(changes: object = {}): Promise<{ userId: string; key: string }> {
  const payee = await paidPayee(evening);
  evening.payment.sendBack(payee.key, 900n, changes);
  await hearOfReturns(evening.desk);
  return payee;
}

describe('booking a return', () => {
  it('by two workers at once, and in later rounds: has one effect and one letter', async () => {
    const { books, desk, payment, test } = evening;
    const { userId, key } = await heard();
    const booking = () => bookReturn(books, key);
    const outcomes = await atOnce(test, 'returned_transfers', [booking, booking]);
    expect(outcomes).toEqual({ done: 2 });
    await runEvening(desk);
    expect(await transfersBack(evening)).toHaveLength(1);
    expect(await balanceInLedger(books, userId)).toBe(900n);
    const sent = payment.letters.filter(({ letter }) => letter.template === 'payout-returned');
    expect(sent).toHaveLength(1);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('at once with a closing: belongs to the next day, and is owed again at its closing', async () => {
    const { books, pass } = evening;
    const { userId, key } = await heard();
    const closed = new Signal();
    const commit = new Signal();
    const closing = books.database.transaction(async (tx) => {
      await closeDayByHand(await enterLedgerAlone(tx, books), books, TUESDAY, ACCOUNTANT);
      closed.raise();
      await commit.wait(MINUTE_MS);
    });
    await closed.wait(MINUTE_MS);
    const booking = bookReturn(books, key);
    await eventually('the booking waits', () => isLockAwaited(books.database));
    commit.raise();
    await Promise.all([closing, booking]);
    expect(await transfersBack(evening)).toMatchObject([{ day: WEDNESDAY }]);
    expect(await lastClosing(books, userId)).toMatchObject({ earned: 900n, committed: 900n });
    pass(DAY_MS);
    await closeByHand(books, WEDNESDAY, ACCOUNTANT);
    expect(await payoutsOf(evening, userId)).toMatchObject([
      { state: 'returned', cents: 900n },
      { day: WEDNESDAY, state: 'planned', cents: 900n },
    ]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it.each([
    ['another amount', { amount: '899' }],
    ['another currency', { currency: 'EUR' }],
  ])('of %s: changes nothing, and says why', async (_, changes) => {
    const { userId, key } = await heard(changes);
    expect(await bookReturn(evening.books, key)).toContain('The amount differs');
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'paid' }]);
    expect(await openReturns(evening)).toEqual([
      { key, finding: expect.stringContaining('The amount differs') as string },
    ]);
  });

  it('that the database refuses: stays open with the error, and is booked once healed', async () => {
    const { test, books } = evening;
    const { userId, key } = await heard();
    const check = `transfers ADD CONSTRAINT broken CHECK (kind <> 'return') NOT VALID`;
    await asOwner(test, [`ALTER TABLE ${check}`]);
    await expect(bookReturn(books, key)).rejects.toThrow('broken');
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'paid' }]);
    expect(await openReturns(evening)).toEqual([
      { key, finding: expect.stringContaining('The books refuse it') as string },
    ]);
    await asOwner(test, ['ALTER TABLE transfers DROP CONSTRAINT broken']);
    expect(await bookReturn(books, key)).toBeNull();
    expect(await payoutsOf(evening, userId)).toMatchObject([{ state: 'returned' }]);
  });

  it('is undone as a whole when its letter can’t be stored', async () => {
    const { key } = await heard();
    await expectRolledBack(evening.test, 'due_letters', () => bookReturn(evening.books, key));
  });
});
