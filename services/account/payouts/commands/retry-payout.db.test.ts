import { query } from '../../../shared/db/data-source';
import { decisionAbout, describeDecision, payoutIn, present } from '../../testing/decisions';
import { createTestEvening, holdPayouts } from '../../testing/test-evening';
import { retryPayout } from './retry-payout';

describe('to try a payout again', () => {
  describeDecision({
    from: 'failed',
    becomes: 'planned',
    action: 'payout.retried',
    decide: (context, decision) => retryPayout(context, decision, present),
  });

  it('is refused while the account is on hold, then begins the second attempt', async () => {
    const evening = await createTestEvening();
    const { books } = evening;
    const { payoutId, userId } = await payoutIn(evening, 'failed');
    const retry = () => retryPayout(books, decisionAbout(payoutId), present);
    await holdPayouts(books, userId);
    await expect(retry()).rejects.toMatchObject({ id: 'payouts-held' });
    await holdPayouts(books, userId, false);
    await retry();
    const sql = 'SELECT state, attempt_number FROM payouts';
    expect(await query(books.database, sql)).toEqual([{ state: 'planned', attempt_number: 2 }]);
    await evening.drop();
  });
});
