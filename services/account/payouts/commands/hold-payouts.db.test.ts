import { query } from '../../../shared/db/data-source';
import { toMoney } from '../../../shared/kernel/money';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { Signal } from '../../../shared/work/signal';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  holdPayouts,
  newBankAccount,
  openPayee,
  retryByHand,
  runEvening,
  setBankAccount,
  type TestEvening,
} from '../../testing/test-evening';
import { putTransfer } from '../clients/payment';
import { askUnclear, payPlanned } from '../jobs/pay-out.job';
import { runPayouts } from '../jobs/payouts.job';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import { claimPlanned } from './claim-planned';

const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MONDAY = '2026-03-02';

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** Returns a payee with a payout of that sum, planned by closing Monday. */
async function owed(cents: bigint): Promise<string> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, cents);
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  return userId;
}

function payouts(): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId: null };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

const sent = (): unknown[] => evening.neighbours.calls.filter(({ body }) => body !== undefined);

describe('payouts on hold', () => {
  it('after the closing: planned ones wait, and go on when they are released', async () => {
    const { books, desk, pass } = evening;
    const kesha = await owed(2500n);
    await holdPayouts(books, kesha);
    for (let round = 0; round < 3; round++) {
      await runEvening(desk);
      pass(LEASE_MS);
    }
    expect(await payouts()).toMatchObject([{ state: 'planned', attempts: [] }]);
    expect(sent()).toEqual([]);
    await holdPayouts(books, kesha, false);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'paid' }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('hold nobody else up', async () => {
    const { books, desk } = evening;
    const other = await openPayee(books);
    await earn(books, other, 100n);
    await holdPayouts(books, await owed(2500n));
    await runEvening(desk);
    expect(await balanceInLedger(books, other)).toBe(0n);
  });

  it('taken up and not sent yet: not sent either', async () => {
    const { books, desk } = evening;
    const people = [await openPayee(books), await openPayee(books)];
    for (const person of people) await earn(books, person, 100n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    const puts: string[] = [];
    // Both payees are put on hold while the first order is in progress.
    evening.neighbours.takeOver(/bank-transfers/, (request, response) => {
      puts.push(request.url!);
      void Promise.all(people.map((person) => holdPayouts(books, person))).then(() =>
        response.writeHead(503).end(),
      );
    });
    await payPlanned({ ...desk, inFlight: 1 });
    expect(puts).toHaveLength(1);
    const states = (await payouts()).map(({ state }) => state).sort();
    expect(states).toEqual(['planned', 'unknown']);
  });

  it('unclear ones are asked about; what never arrived is not sent again', async () => {
    const { books, desk, payment, pass } = evening;
    const kesha = await owed(2500n);
    payment.behave = () => 'lose-undone';
    await runPayouts(desk);
    payment.behave = () => 'succeed';
    await holdPayouts(books, kesha);
    pass(LEASE_MS);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'planned', attempts: [{ outcome: null }] }]);
    const before = sent().length;
    pass(LEASE_MS);
    await runEvening(desk);
    expect(sent()).toHaveLength(before);
    await holdPayouts(books, kesha, false);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([
      { state: 'paid', attempts: [{ outcome: 'succeeded' }] },
    ]);
    expect(payment.carriedOut).toHaveLength(1);
  });

  it.each<[string, string | null]>([
    ['its number replaced meanwhile', newBankAccount()],
    ['without a number, which is entered meanwhile', null],
  ])('taken up, %s: nothing goes to the old one, a retry to the new one', async (_, old) => {
    const { books, desk, payment, pass } = evening;
    const kesha = await owed(2500n);
    await setBankAccount(books, kesha, old);
    const [attempt] = await claimPlanned(desk);
    await holdPayouts(books, kesha);
    pass(LEASE_MS);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'planned', attempts: [{ outcome: null }] }]);
    const current = newBankAccount();
    await setBankAccount(books, kesha, current);
    await holdPayouts(books, kesha, false);
    await runEvening(desk);
    const reason = 'The bank account was changed before anything was sent';
    expect(await payouts()).toMatchObject([{ state: 'failed', reason }]);
    await retryByHand(books, attempt!.payoutId);
    await runEvening(desk);
    expect(payment.carriedOut).toMatchObject([{ amount: '2500', bankAccount: current }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('replaced while the old number is being sent by somebody who stood still: sent once', async () => {
    const { books, desk, payment, pass } = evening;
    const kesha = await owed(2500n);
    const [late] = await claimPlanned(desk);
    pass(LEASE_MS);
    await askUnclear(desk);
    await setBankAccount(books, kesha, newBankAccount());
    await runEvening(desk);
    await retryByHand(books, late!.payoutId);
    const order = { ...toMoney(2500n, 'USD'), bankAccount: late!.bankAccount! };
    const answer = await putTransfer(desk.sidecar, late!.key, order);
    await runEvening(desk);
    expect(answer).toEqual({ verdict: 'withdrawn' });
    expect(payment.carriedOut).toHaveLength(1);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  });

  it('for longer than a day: the time does not count as tried in vain', async () => {
    const { books, desk, payment, pass } = evening;
    const kesha = await owed(2500n);
    payment.behave = () => 'lose-undone';
    await runPayouts(desk);
    await holdPayouts(books, kesha);
    pass(LEASE_MS);
    await runEvening(desk);
    pass(30 * HOUR_MS);
    await holdPayouts(books, kesha, false);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'unknown' }]);
  });

  it('refused: a retry has to wait as well', async () => {
    const { books, desk, payment } = evening;
    const kesha = await owed(2500n);
    payment.behave = () => 'refuse';
    await runEvening(desk);
    payment.behave = () => 'succeed';
    await holdPayouts(books, kesha);
    const [{ id }] = (await payouts()) as [PayoutRecord];
    await expect(retryByHand(books, id)).rejects.toMatchObject({ status: 409, id: 'payouts-held' });
    expect(await payouts()).toMatchObject([{ state: 'failed', attempts: [{}] }]);
    await holdPayouts(books, kesha, false);
    await retryByHand(books, id);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'paid' }]);
  });
});

describe('a hold and a claim at the same time', () => {
  const holdSql = `UPDATE accounts SET payouts_held_reason = 'x', payouts_held_by = user_id,
    payouts_held_at = now() WHERE user_id = $1`;

  it('while the hold is being written: nothing is taken up', async () => {
    const { books, desk } = evening;
    const kesha = await owed(2500n);
    const [written, commit] = [new Signal(), new Signal()];
    const holding = books.database.transaction(async (tx) => {
      await query(tx, holdSql, [kesha]);
      written.raise();
      await commit.wait(LEASE_MS);
    });
    await written.wait(LEASE_MS);
    expect(await claimPlanned(desk)).toEqual([]);
    commit.raise();
    await holding;
    expect(await claimPlanned(desk)).toEqual([]);
  });

  it('while a claim is being written: the hold waits, so that nothing is taken up behind it', async () => {
    const { books } = evening;
    const kesha = await owed(2500n);
    const [claimed, commit] = [new Signal(), new Signal()];
    const inTransaction = {
      ...evening.desk,
      database: {
        transaction: (work: (tx: unknown) => Promise<unknown>) =>
          books.database.transaction(async (tx) => {
            const result = await work(tx);
            claimed.raise();
            await commit.wait(LEASE_MS);
            return result;
          }),
      } as unknown as typeof books.database,
    };
    const claiming = claimPlanned(inTransaction);
    await claimed.wait(LEASE_MS);
    let isHeld = false;
    const holding = holdPayouts(books, kesha).then(() => (isHeld = true));
    await eventually('it waits, or did not', async () => {
      return isHeld || isLockAwaited(books.database);
    });
    expect(isHeld).toBe(false);
    commit.raise();
    expect(await claiming).toHaveLength(1);
    await holding;
  });
});
