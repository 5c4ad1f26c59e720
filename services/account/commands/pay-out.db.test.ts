import { runPayouts } from '../jobs/payouts.job';
import { currentDay } from '../queries/business-days';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  openPayee,
  type TestEvening,
} from '../testing/test-evening';
import { closeBusinessDay } from './close-business-day';

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

async function closeToday(): Promise<string> {
  const { books } = evening;
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeBusinessDay(books, day, ACCOUNTANT);
  return day;
}

function payouts(userId: string | null = null): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

describe('the evening of one person', () => {
  it('closed by hand: planned, paid, booked, and a letter tells of it', async () => {
    const { books, desk, payment } = evening;
    const kesha = await openPayee(books);
    await earn(books, kesha, -1000n);
    await earn(books, kesha, 3500n);
    const day = await closeToday();
    expect(await payouts()).toMatchObject([
      { userId: kesha, day, amountCents: 2500n, state: 'planned', attempts: [] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(2500n);

    await runPayouts(desk);
    const [payout] = await payouts();
    expect(payout).toMatchObject({
      state: 'paid',
      reason: null,
      attempts: [{ outcome: 'succeeded', reason: null }],
      letterSentAt: books.clock(),
    });
    expect(payout!.bankReference).toMatch(/^SB-/);
    expect(payment.carriedOut).toMatchObject([{ amount: '2500' }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(payment.letters).toMatchObject([
      {
        to: `${kesha}@popug.example`,
        letter: { template: 'payout-paid', day, amount: { amount: '2500', currency: 'USD' } },
      },
    ]);
    expect(await brokenInvariants(books)).toEqual([]);
  });
});
