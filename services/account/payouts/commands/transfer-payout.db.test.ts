import { query } from '../../../shared/db/data-source';
import { currentDay } from '../../days/queries/business-days';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  newBankAccount,
  openPayee,
  setBankAccount,
  type TestEvening,
} from '../../testing/test-evening';
import type { Attempt } from '../queries/attempts';
import { claimPlanned } from './claim-planned';
import { transferPayout } from './transfer-payout';

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Returns a payee and the claimed attempt of a payout of 25.00. */
async function claimed(): Promise<{ userId: string; attempt: Attempt }> {
  const { books, desk } = evening;
  const userId = await openPayee(books);
  await earn(books, userId, 2_500n);
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  const attempts = await claimPlanned(desk);
  const attempt = attempts.find(({ amountCents }) => amountCents === 2_500n);
  return { userId, attempt: attempt! };
}

describe('the transfer of a claimed payout', () => {
  it('twice: Payment transfers once, both times with the same verdict', async () => {
    const { attempt } = await claimed();
    const first = await transferPayout(evening.desk, attempt);
    expect(first).toMatchObject({ verdict: 'succeeded' });
    expect(await transferPayout(evening.desk, attempt)).toEqual(first);
    expect(evening.payment.carriedOut).toMatchObject([{ key: attempt.key, amount: '2500' }]);
  });

  it('of an account put on hold since the claim: nothing is sent', async () => {
    const { userId, attempt } = await claimed();
    await query(
      evening.books.database,
      `UPDATE accounts SET payouts_held_reason = 'audit', payouts_held_by = gen_random_uuid(),
        payouts_held_at = now() WHERE user_id = $1`,
      [userId],
    );
    expect(await transferPayout(evening.desk, attempt)).toEqual({ verdict: 'held' });
    expect(evening.payment.carriedOut).toEqual([]);
  });

  it('to a bank account replaced since the claim: is withdrawn, and refused', async () => {
    const { userId, attempt } = await claimed();
    await setBankAccount(evening.books, userId, newBankAccount());
    const verdict = await transferPayout(evening.desk, attempt);
    expect(verdict).toEqual({
      verdict: 'refused',
      bankReference: null,
      reason: 'The bank account was changed before anything was sent',
    });
    expect(evening.payment.carriedOut).toEqual([]);
  });

  it('while Payment is away: unanswered', async () => {
    const { attempt } = await claimed();
    evening.payment.isUp = false;
    expect(await transferPayout(evening.desk, attempt)).toMatchObject({ verdict: 'unanswered' });
  });
});
