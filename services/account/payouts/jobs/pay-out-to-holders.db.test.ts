import { query } from '../../../shared/db/data-source';
import { currentDay } from '../../days/queries/business-days';
import { changeOwnBankAccount } from '../../ledger/commands/change-own-bank-account';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  brokenInvariants,
  createTestEvening,
  earn,
  newBankAccount,
  openPayee,
  retryByHand,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { claimPlanned } from '../commands/claim-planned';
import { settleAttempts } from '../commands/settle-attempts';
import { transferPayout } from '../commands/transfer-payout';
import { measurePayouts } from '../queries/payout-measures';
import { listPayouts, type PayoutRecord } from '../queries/payouts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NAME = 'Innokenty Popugayev';

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

async function owed(cents: bigint, fullName?: string): Promise<{ userId: string; day: string }> {
  const { books } = evening;
  const userId = await openPayee(books);
  if (fullName !== undefined) {
    await changeOwnBankAccount(books, userId, newBankAccount(), fullName);
  }
  await earn(books, userId, cents);
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  return { userId, day };
}

function payouts(userId: string): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

/** Calls about transfers, not those about returned ones. */
const transferCalls = () =>
  evening.neighbours.calls.filter(({ path }) => path.includes('/bank-transfers/'));

/** Returns the bodies of the orders that Payment got. */
const orders = (): Record<string, unknown>[] =>
  transferCalls()
    .map(({ body }) => (body ?? {}) as Record<string, unknown>)
    .filter((body) => 'amount' in body);

describe('an order', () => {
  it('names the business day, and the holder of the bank account', async () => {
    const { day } = await owed(2500n, NAME);
    await runEvening(evening.desk);
    expect(orders()).toMatchObject([{ businessDay: day, creditorName: NAME }]);
  });

  it('has no name where nobody gave one', async () => {
    await owed(2500n);
    await runEvening(evening.desk);
    expect(orders()).toHaveLength(1);
    expect(orders()[0]).not.toHaveProperty('creditorName');
  });

  it('keeps the name that its attempt began with, and the next attempt has the new one', async () => {
    const { desk, books, payment } = evening;
    const { userId } = await owed(2500n, NAME);
    const [attempt] = await claimPlanned(desk);
    await changeOwnBankAccount(books, userId, attempt!.bankAccount!, 'Arkady Parrot');
    payment.behave = () => 'refuse';
    const verdict = await transferPayout(desk, attempt!);
    await settleAttempts(books, [{ attempt: attempt!, verdict }]);
    expect(orders()).toMatchObject([{ creditorName: NAME }]);
    payment.heal();
    const [payout] = await payouts(userId);
    await retryByHand(books, payout!.id);
    await runEvening(desk);
    expect(orders().at(-1)).toMatchObject({ creditorName: 'Arkady Parrot' });
  });

  it('goes without day and name to a Payment that does not know them', async () => {
    const { neighbours, desk } = evening;
    const { userId } = await owed(2500n, NAME);
    neighbours.takeOver(/bank-transfers/, (request, response) => {
      const text: Buffer[] = [];
      request.on('data', (chunk: Buffer) => text.push(chunk));
      request.on('end', () => {
        const isKnown = !Buffer.concat(text).includes('businessDay');
        const type = isKnown ? 'application/json' : 'application/problem+json';
        const done = { outcome: 'succeeded', bankReference: 'SB-1', reason: null };
        const body = isKnown ? done : { type: 'bad-request', title: 'unknown field' };
        response.writeHead(isKnown ? 200 : 400, { 'content-type': type });
        response.end(JSON.stringify(body));
      });
    });
    await runEvening(desk);
    expect(await payouts(userId)).toMatchObject([{ state: 'paid' }]);
  });
});

it('the database keeps the name of an attempt', async () => {
  await owed(2500n, NAME);
  await claimPlanned(evening.desk);
  const sql = "UPDATE payout_attempts SET creditor_name = 'Somebody else'";
  await expect(query(evening.books.database, sql)).rejects.toThrow('what was recorded stays');
});

describe('a transfer that waits for an operator', () => {
  let userId: string;
  beforeEach(async () => {
    evening.payment.behave = () => 'wait';
    ({ userId } = await owed(2500n, NAME));
    await runEvening(evening.desk);
  });

  it('is asked about seldom, and never ages into review', async () => {
    const { desk, pass } = evening;
    const asked = transferCalls().length;
    pass(10 * 60_000);
    await runEvening(desk);
    expect(transferCalls()).toHaveLength(asked);
    pass(3 * DAY_MS);
    await runEvening(desk);
    expect(transferCalls().length).toBeGreaterThan(asked);
    expect(await payouts(userId)).toMatchObject([
      { state: 'unknown', reason: expect.stringContaining('operator') },
    ]);
  });

  it('stays out of review while Payment is away for days', async () => {
    const { desk, payment, pass } = evening;
    pass(2 * DAY_MS);
    payment.isUp = false;
    await runEvening(desk);
    pass(DAY_MS);
    await runEvening(desk);
    expect(await payouts(userId)).toMatchObject([{ state: 'unknown' }]);
  });

  it('is counted apart from what only the bank knows', async () => {
    const { counts } = await measurePayouts(evening.books.database);
    expect(Object.fromEntries(counts)).toEqual({ waiting: 1 });
  });

  it.each([
    ['succeeded', 'paid'],
    ['refused', 'failed'],
  ] as const)('%s by the operator after days: %s, once', async (outcome, state) => {
    const { desk, payment, books, pass } = evening;
    pass(3 * DAY_MS);
    payment.decide(orderKey(), outcome);
    await runEvening(desk);
    expect(await payouts(userId)).toMatchObject([{ state }]);
    const [row] = await query(books.database, 'SELECT waiting_for AS "waitingFor" FROM payouts');
    expect(row).toEqual({ waitingFor: null });
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

function orderKey(): string {
  const { path } = evening.neighbours.calls.find((one) => one.path.includes('bank-transfers'))!;
  return path.split('/').at(-1)!;
}
