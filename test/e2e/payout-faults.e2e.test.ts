import { setBankSwitches } from '../../operations/client/bank';
import { eventually } from '../../services/shared/testing/eventually';
import { transfersTo } from './support/bank';
import {
  SETTLE_MS,
  accountant,
  before,
  closeDay,
  earn,
  exchange,
  expectLetters,
  expectPaidOnce,
  worker,
} from './support/evening';
import { balanceOf, expectMoneyInOrder } from './support/money';

describe('the evening', () => {
  it.each(['done', 'not-done'])(
    'pays once when the answer of the bank is lost: %s',
    async (how) => {
      const owed = await earn();
      await setBankSwitches(exchange.stack.bankUrl, { loseAnswer: how, loseTimes: 1 });
      await closeDay();
      await expectPaidOnce(owed);
      await expectLetters(1);
    },
  );

  it('keeps a refused payout for the accountant, who retries it', async () => {
    const owed = await earn();
    await setBankSwitches(exchange.stack.bankUrl, { rejectAccounts: [worker.bankAccount] });
    await closeDay();
    const failed = await eventually(
      'failed',
      async () => {
        const { body } = await accountant.get('/payouts?state=failed');
        return body.items[0];
      },
      SETTLE_MS,
    );
    expect(await balanceOf(worker)).toBe(owed);
    await setBankSwitches(exchange.stack.bankUrl, { rejectAccounts: [] });
    await accountant.post(`/payouts/${failed.id}/retry`);
    await expectPaidOnce(owed);
    // One letter about the refused account number, one about the payment.
    await expectLetters(2);
  });

  it('carries a negative balance and never pays it', async () => {
    const { body: task } = await accountant.post('/tasks', {
      title: '[PAY-2] Stay open',
      deal: true,
    });
    const fee = BigInt(task.fee.amount);
    await eventually('below zero', async () => (await balanceOf(worker)) === -fee);
    const day = await closeDay();
    await eventually('closed', async () => {
      const { body } = await accountant.get(`/business-days/${day}`);
      return body.state === 'closed';
    });
    await expectMoneyInOrder(exchange.stack);
    expect(await balanceOf(worker)).toBe(-fee);
    const transfers = await transfersTo(exchange.stack, worker.bankAccount);
    expect(transfers).toHaveLength(before.transfers);
  });
});
