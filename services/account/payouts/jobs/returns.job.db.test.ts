import { getReturnedTransfers } from '../../../shared/contracts/calls/payment';
import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { balancesOf } from '../../ledger/queries/balances';
import { closeByHand } from '../../testing/close-by-hand';
import { openReturns, paidPayee, payoutsOf, transfersBack } from '../../testing/returned-payouts';
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
import { hearOfReturns } from '../commands/hear-of-returns';
import { takeBackReturns } from './returns.job';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const WEDNESDAY = '2026-03-04';
const DAY_MS = 86_400_000;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

async function forecastOf(userId: string): Promise<bigint> {
  const sql = 'SELECT id FROM accounts WHERE user_id = $1';
  const [account] = await query<{ id: string }>(evening.books.database, sql, [userId]);
  return (await balancesOf(evening.books, [account!.id])).get(account!.id)!.forecastCents;
}

/** Passes a day and closes the day. */
async function close(day: string): Promise<void> {
  evening.pass(DAY_MS);
  await closeByHand(evening.books, day, ACCOUNTANT);
}

const statesOf = async (userId: string): Promise<[string, bigint][]> =>
  (await payoutsOf(evening, userId)).map(({ state, cents }) => [state, cents]);

describe('a payout that the bank sends back', () => {
  it('is booked back on the open day, with a letter, and is owed again once', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paidPayee(evening);
    payment.sendBack(key, 900n);
    await runEvening(desk);
    const reason = 'account closed';
    const returned = { day: MONDAY, state: 'returned', cents: 900n, reason };
    expect(await payoutsOf(evening, userId)).toEqual([returned]);
    expect(await transfersBack(evening)).toEqual([{ cents: 900n, day: TUESDAY, reason }]);
    expect(await balanceInLedger(books, userId)).toBe(900n);
    expect(await forecastOf(userId)).toBe(900n);
    const amount = { amount: '900', currency: 'USD' };
    expect(payment.letters.at(-1)?.letter).toEqual({
      template: 'payout-returned',
      day: MONDAY,
      amount,
      reason,
    });
    await close(TUESDAY);
    expect(await lastClosing(books, userId)).toEqual({ earned: 900n, committed: 0n, carried: 0n });
    await runEvening(desk);
    expect(await statesOf(userId)).toEqual([
      ['returned', 900n],
      ['paid', 900n],
    ]);
    expect(await forecastOf(userId)).toBe(0n);
    expect(await balanceInLedger(books, userId)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('after the next closing: is owed again at the one after', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paidPayee(evening);
    await earn(books, userId, 50n);
    await close(TUESDAY);
    payment.sendBack(key, 900n);
    await runEvening(desk);
    await close(WEDNESDAY);
    await runEvening(desk);
    expect(await statesOf(userId)).toEqual([
      ['returned', 900n],
      ['paid', 50n],
      ['paid', 900n],
    ]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('of the management: is booked back without a letter', async () => {
    const { books, desk, payment } = evening;
    await earn(books, await openPayee(books), -500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    await runEvening(desk);
    payment.sendBack(payment.carriedOut[0]!.key, 500n);
    await runEvening(desk);
    expect(await transfersBack(evening)).toHaveLength(1);
    expect(payment.letters).toEqual([]);
    await close(TUESDAY);
    await runEvening(desk);
    expect(payment.carriedOut.map(({ amount }) => amount)).toEqual(['500', '500']);
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

describe('a round of returns', () => {
  it('books the others when one fits no payout, which stays open and is seen', async () => {
    const { books, desk, payment } = evening;
    const { userId, key } = await paidPayee(evening);
    const stranger = newId();
    payment.sendBack(stranger, 900n);
    payment.sendBack(key, 900n);
    await runEvening(desk);
    expect(await statesOf(userId)).toEqual([['returned', 900n]]);
    const finding = 'No attempt has this key';
    expect(await openReturns(evening)).toEqual([{ key: stranger, finding }]);
    const fault = `returns-are-booked: return ${stranger}: ${finding}`;
    expect(await brokenInvariants(books)).toEqual([fault, 'new in returns-are-booked: 1']);
  });

  it('books what was heard before when Payment’s answer breaks the contract, and fails', async () => {
    const { desk, payment, neighbours } = evening;
    const { userId, key } = await paidPayee(evening);
    payment.sendBack(key, 900n);
    await hearOfReturns(desk);
    neighbours.answer(getReturnedTransfers, () => ({ garble: '<html>' }));
    await expect(takeBackReturns(desk)).rejects.toMatchObject({ id: 'unavailable' });
    expect(await statesOf(userId)).toEqual([['returned', 900n]]);
  });
});
