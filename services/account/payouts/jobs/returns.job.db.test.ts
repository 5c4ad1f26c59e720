import { getReturnedTransfers } from '../../../shared/contracts/calls/payment';
import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { balancesOf } from '../../ledger/queries/balances';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  lastClosing,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { bookReturn } from '../commands/book-return';
import { hearOfReturns } from '../commands/hear-of-returns';
import { takeBackReturns } from './returns.job';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Returns a payee with 900 cents, earned on Monday, which is closed. */
async function owed(): Promise<string> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, 900n);
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  return userId;
}

/** Returns a payee whose 900 cents of Monday are paid, and the key of that transfer. */
async function paid(): Promise<{ userId: string; key: string }> {
  const userId = await owed();
  await runEvening(evening.desk);
  return { userId, key: evening.payment.carriedOut[0]!.key };
}

interface PayoutRow {
  day: string;
  state: string;
  cents: bigint;
  reason: string | null;
}

const payoutsOf = (userId: string): Promise<PayoutRow[]> =>
  query(
    evening.books.database,
    `SELECT day, state, amount_cents AS cents, reason FROM payouts
     JOIN accounts ON accounts.id = account_id WHERE user_id = $1 ORDER BY day`,
    [userId],
  );
const transfersBack = (): Promise<object[]> =>
  query(
    evening.books.database,
    `SELECT amount_cents AS cents, business_day AS day, reason FROM transfers
     WHERE kind = 'return'`,
  );
const findings = (): Promise<object[]> =>
  query(
    evening.books.database,
    `SELECT key, finding FROM returned_transfers WHERE booked_at IS NULL ORDER BY position`,
  );
const forecastOf = async (userId: string): Promise<bigint> => {
  const sql = 'SELECT id FROM accounts WHERE user_id = $1';
  const [account] = await query<{ id: string }>(evening.books.database, sql, [userId]);
  return (await balancesOf(evening.books, [account!.id])).get(account!.id)!.forecastCents;
};
/** Passes a day and closes Tuesday. */
async function closeTuesday(): Promise<void> {
  evening.pass(DAY_MS);
  await closeByHand(evening.books, TUESDAY, ACCOUNTANT);
}

describe('a payout that the bank sends back', () => {
  it('is booked back on the open day, with a letter, and is owed again once', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paid();
    payment.sendBack(key, 900n);
    await runEvening(desk);
    const reason = 'account closed';
    expect(await payoutsOf(userId)).toEqual([
      { day: MONDAY, state: 'returned', cents: 900n, reason },
    ]);
    expect(await transfersBack()).toEqual([{ cents: 900n, day: TUESDAY, reason }]);
    expect(await balanceInLedger(books, userId)).toBe(900n);
    expect(await forecastOf(userId)).toBe(900n);
    expect(payment.letters.at(-1)?.letter).toEqual({
      template: 'payout-returned',
      day: MONDAY,
      amount: { amount: '900', currency: 'USD' },
      reason,
    });
    await closeTuesday();
    expect(await lastClosing(books, userId)).toEqual({ earned: 900n, committed: 0n, carried: 0n });
    await runEvening(desk);
    expect((await payoutsOf(userId)).map(({ state, cents }) => [state, cents])).toEqual([
      ['returned', 900n],
      ['paid', 900n],
    ]);
    expect(await forecastOf(userId)).toBe(0n);
    expect(await balanceInLedger(books, userId)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('told in every round, and by two workers at once: is booked once', async () => {
    const { books, desk, payment, test } = evening;
    const { userId, key } = await paid();
    payment.sendBack(key, 900n);
    await hearOfReturns(desk);
    const booking = () => bookReturn(books, key);
    const outcomes = await atOnce(test, 'returned_transfers', [booking, booking]);
    expect(outcomes).toEqual({ done: 2 });
    await runEvening(desk);
    expect(await transfersBack()).toHaveLength(1);
    expect(await balanceInLedger(books, userId)).toBe(900n);
    const sent = payment.letters.filter(({ letter }) => letter.template === 'payout-returned');
    expect(sent).toHaveLength(1);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('of the management: is booked back without a letter', async () => {
    const { books, desk, payment } = evening;
    await earn(books, await openPayee(books), -500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    await runEvening(desk);
    payment.sendBack(payment.carriedOut[0]!.key, 500n);
    await runEvening(desk);
    expect(await transfersBack()).toHaveLength(1);
    expect(payment.letters).toEqual([]);
    await closeTuesday();
    await runEvening(desk);
    expect(payment.carriedOut.map(({ amount }) => amount)).toEqual(['500', '500']);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('after the next closing: is owed again at the one after', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paid();
    await earn(books, userId, 50n);
    await closeTuesday();
    payment.sendBack(key, 900n);
    await runEvening(desk);
    evening.pass(DAY_MS);
    await closeByHand(books, '2026-03-04', ACCOUNTANT);
    expect((await payoutsOf(userId)).map(({ state, cents }) => [state, cents])).toEqual([
      ['returned', 900n],
      ['paid', 50n],
      ['planned', 900n],
    ]);
    await runEvening(desk);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('is undone as a whole when its letter can’t be stored', async () => {
    const { key } = await paid();
    evening.payment.sendBack(key, 900n);
    await hearOfReturns(evening.desk);
    await expectRolledBack(evening.test, 'due_letters', () => bookReturn(evening.books, key));
  });
});

describe('a return before Account knows that the transfer was executed', () => {
  it('is settled first, then booked back, in the same round', async () => {
    const { books, desk, payment } = evening;
    payment.behave = () => 'lose-done';
    const userId = await owed();
    await runEvening(desk);
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'unknown' }]);
    payment.sendBack(payment.carriedOut[0]!.key, 900n);
    await takeBackReturns(desk);
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'returned' }]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('waits while Payment has no certain answer, and is not lost', async () => {
    const { books, desk, payment, pass } = evening;
    payment.behave = () => 'lose-done';
    const userId = await owed();
    await runEvening(desk);
    const { key } = payment.carriedOut[0]!;
    payment.sendBack(key, 900n);
    await hearOfReturns(desk);
    payment.isUp = false;
    await runEvening(desk);
    expect(await findings()).toEqual([
      { key, finding: expect.stringContaining('unknown, this attempt open') as string },
    ]);
    payment.isUp = true;
    pass(HOUR_MS);
    await runEvening(desk);
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'returned' }]);
    expect(await findings()).toEqual([]);
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

describe('a return that fits no paid payout', () => {
  it('stays open with its finding, is seen, and stops no other', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paid();
    const stranger = newId();
    payment.sendBack(stranger, 900n);
    payment.sendBack(key, 900n);
    await runEvening(desk);
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'returned' }]);
    expect(await findings()).toEqual([{ key: stranger, finding: 'No attempt has this key' }]);
    expect(await brokenInvariants(books)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`returns-are-booked: return ${stranger}: No attempt`) as string,
      ]),
    );
  });

  it.each([
    ['another amount', { amount: '899' }],
    ['another currency', { currency: 'EUR' }],
  ])('of %s: changes nothing', async (_, changes) => {
    const { desk, payment } = evening;
    const { userId, key } = await paid();
    payment.sendBack(key, 900n, changes);
    await runEvening(desk);
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'paid' }]);
    expect(await findings()).toEqual([
      { key, finding: expect.stringContaining('The amount differs') as string },
    ]);
  });
});

describe('asking for returns', () => {
  it('goes on over pages, and again over those that became visible late', async () => {
    const { desk, payment } = evening;
    payment.pageOfReturns = 2;
    for (let n = 0; n < 5; n += 1) payment.sendBack(newId(), 1n);
    const late = payment.returned.splice(2, 1);
    await hearOfReturns(desk);
    expect(await findings()).toHaveLength(4);
    payment.returned.splice(2, 0, ...late);
    await hearOfReturns(desk);
    expect(await findings()).toHaveLength(5);
  });

  it('waits for the next round while Payment is away', async () => {
    const { desk, payment } = evening;
    payment.sendBack(newId(), 1n);
    payment.isUp = false;
    await hearOfReturns(desk);
    expect(await findings()).toEqual([]);
    payment.isUp = true;
    await hearOfReturns(desk);
    expect(await findings()).toHaveLength(1);
  });

  it('that breaks the contract fails the round, and what was heard before is booked', async () => {
    const { desk, payment, neighbours } = evening;
    const { userId, key } = await paid();
    payment.sendBack(key, 900n);
    await hearOfReturns(desk);
    neighbours.answer(getReturnedTransfers, () => ({ garble: '<html>' }));
    await expect(takeBackReturns(desk)).rejects.toMatchObject({ id: 'unavailable' });
    expect(await payoutsOf(userId)).toMatchObject([{ state: 'returned' }]);
  });
});
