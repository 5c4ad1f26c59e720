import fc from 'fast-check';
import { query } from '../../../shared/db/data-source';
import { toMoney } from '../../../shared/kernel/money';
import { currentDay } from '../../days/queries/business-days';
import { closeByHand } from '../../testing/close-by-hand';
import type { Behaviour } from '../../testing/fake-payment';
import {
  ACCOUNTANT,
  MANAGEMENT_BANK_ACCOUNT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  newBankAccount,
  openPayee,
  retryByHand,
  runEvening,
  setBankAccount,
  type TestEvening,
} from '../../testing/test-evening';
import { putTransfer } from '../clients/payment';
import { claimPlanned } from '../commands/claim-planned';
import { claimUnclear } from '../commands/claim-unclear';
import { settleAttempts } from '../commands/settle-attempts';
import { attemptKey } from '../domain/payout';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import { runPayouts } from './payouts.job';

const SECOND_MS = 1_000;
const LEASE_MS = 60 * SECOND_MS;
const HOUR_MS = 3_600 * SECOND_MS;

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

async function closeToday(): Promise<string> {
  const { books } = evening;
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  return day;
}

function payouts(userId: string | null = null): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

/** Returns a payee with a payout of that sum, planned by a closing. */
async function owed(cents: bigint): Promise<string> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, cents);
  await closeToday();
  return userId;
}

/** Sets Payment's behaviour for the first orders; later orders succeed. */
function behaveFirst(...behaviours: Behaviour[]): void {
  evening.payment.behave = () => behaviours.shift() ?? 'succeed';
}

/** Runs rounds, as the schedule does, until every payout is settled or stuck. */
async function runUntilRest(workers = 1): Promise<void> {
  for (let tick = 0; tick < 20; tick++) {
    await Promise.all(Array.from({ length: workers }, () => runEvening(evening.desk)));
    evening.pass(LEASE_MS + SECOND_MS);
  }
}

/** Calls about transfers, not those about returned ones. */
const transferCalls = () =>
  evening.neighbours.calls.filter(({ path }) => path.includes('/bank-transfers/'));

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

    await runEvening(desk);
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

  it('who owes makes the management richer: paid to its own bank account, without a letter', async () => {
    const { desk, payment, books } = evening;
    await earn(books, await openPayee(books), -1200n);
    await closeToday();
    await runEvening(desk);
    expect(payment.carriedOut).toMatchObject([
      { amount: '1200', bankAccount: MANAGEMENT_BANK_ACCOUNT },
    ]);
    expect(await payouts()).toMatchObject([{ userId: null, state: 'paid', letterSentAt: null }]);
    expect(payment.letters).toEqual([]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('a refusal: failed, nothing booked, and a letter says why', async () => {
    const { desk, payment, books } = evening;
    const kesha = await owed(2500n);
    behaveFirst('refuse');
    await runEvening(desk);
    expect(await payouts()).toMatchObject([
      {
        state: 'failed',
        reason: 'no such number',
        attempts: [{ outcome: 'refused', reason: 'no such number' }],
        bankReference: null,
      },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(2500n);
    expect(payment.letters).toMatchObject([
      { letter: { template: 'payout-refused', reason: 'no such number' } },
    ]);
    await runUntilRest();
    expect(payment.carriedOut).toEqual([]);
    expect(payment.letters).toHaveLength(1);
  });

  it('no bank account: refused without asking anybody', async () => {
    const { desk, books } = evening;
    const kesha = await openPayee(books);
    await setBankAccount(books, kesha, null);
    await earn(books, kesha, 100n);
    await closeToday();
    await runEvening(desk);
    expect(await payouts()).toMatchObject([
      { state: 'failed', reason: 'There is no bank account to pay to' },
    ]);
    expect(transferCalls()).toEqual([]);
  });
});

describe('an answer that is not clear', () => {
  it.each<Behaviour>(['lose-done', 'lose-undone', 'garble-done', 'in-progress'])(
    '%s: asked about under the same key, and paid once',
    async (behaviour) => {
      const { payment, books } = evening;
      const kesha = await owed(2500n);
      behaveFirst(behaviour);
      await runEvening(evening.desk);
      expect(await payouts()).toMatchObject([{ state: 'unknown', attempts: [{ outcome: null }] }]);
      expect(await balanceInLedger(books, kesha)).toBe(2500n);
      await runUntilRest();
      const [payout] = await payouts();
      expect(payout).toMatchObject({ state: 'paid', attempts: [{ outcome: 'succeeded' }] });
      expect(payment.carriedOut.map(({ key }) => key)).toEqual([attemptKey(payout!.id, 1)]);
      expect(await balanceInLedger(books, kesha)).toBe(0n);
      expect(payment.letters).toHaveLength(1);
      expect(await brokenInvariants(books)).toEqual([]);
    },
  );

  it('is not asked about again before the delay is over', async () => {
    const { desk, pass } = evening;
    await owed(2500n);
    evening.payment.behave = () => 'lose-undone';
    await runEvening(desk);
    const asked = transferCalls().length;
    pass(SECOND_MS);
    await runEvening(desk);
    expect(transferCalls()).toHaveLength(asked);
    pass(SECOND_MS);
    await runEvening(desk);
    // One question, and a repeat of the order.
    expect(transferCalls()).toHaveLength(asked + 2);
  });

  it('nonsense to the question, too: somebody has to look', async () => {
    const { books } = evening;
    const kesha = await owed(2500n);
    behaveFirst('garble-always');
    await runUntilRest();
    expect(await payouts()).toMatchObject([{ state: 'needs_review' }]);
    expect(await balanceInLedger(books, kesha)).toBe(2500n);
    expect(evening.payment.letters).toEqual([]);
  });

  it('for a whole day: somebody has to look, and nothing is sent any more, only asked', async () => {
    const { desk, payment, pass } = evening;
    await owed(2500n);
    evening.payment.behave = () => 'lose-undone';
    for (let hour = 0; hour < 24; hour++) {
      await runEvening(desk);
      expect(await payouts()).toMatchObject([{ state: 'unknown' }]);
      pass(HOUR_MS);
    }
    await runEvening(desk);
    expect(await payouts()).toMatchObject([{ state: 'needs_review' }]);
    const before = transferCalls().length;
    payment.behave = () => 'succeed';
    for (let hour = 0; hour < 24; hour++) {
      pass(HOUR_MS);
      await runEvening(desk);
    }
    const deeds = transferCalls()
      .slice(before)
      .map(({ body }) => body === undefined);
    expect(deeds).toEqual(Array<boolean>(24).fill(true));
    expect(await payouts()).toMatchObject([
      { state: 'needs_review', reason: 'Payment never heard of it' },
    ]);
  });
});

describe('Payment away', () => {
  it('in the middle of many payouts: a few are tried, the rest wait, all are paid later', async () => {
    const { books, payment, neighbours } = evening;
    const people = 60;
    for (let person = 0; person < people; person++) {
      await earn(books, await openPayee(books), 100n);
    }
    await closeToday();
    payment.isUp = false;
    await runPayouts({ ...evening.desk, inFlight: 4 });
    expect(neighbours.calls.length).toBeLessThan(people / 2);
    const left = await payouts();
    expect(left.filter(({ state }) => state === 'planned').length).toBeGreaterThan(people / 4);

    payment.isUp = true;
    await runUntilRest();
    expect(new Set((await payouts()).map(({ state }) => state))).toEqual(new Set(['paid']));
    expect(payment.carriedOut).toHaveLength(people);
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

it('an attempt whose lease ran out while it waited: asked about before it is sent', async () => {
  const { books, payment, pass, desk } = evening;
  await earn(books, await openPayee(books), 100n);
  await owed(100n);
  payment.behave = () => {
    pass(LEASE_MS);
    return 'succeed';
  };
  await runPayouts({ ...desk, inFlight: 1 });
  const orders = transferCalls();
  const deeds = orders.map(({ body }) => (body === undefined ? 'ask' : 'send'));
  expect(deeds).toEqual(['send', 'ask', 'send']);
  expect(payment.carriedOut).toHaveLength(2);
});

describe('a worker that dies', () => {
  it('after it took a payout up: left alone until its lease is over, then paid once', async () => {
    const { desk, payment, pass, books } = evening;
    const kesha = await owed(2500n);
    const [attempt] = await claimPlanned(desk);
    pass(LEASE_MS - SECOND_MS);
    await runEvening(desk);
    expect(payment.carriedOut).toEqual([]);
    pass(SECOND_MS);
    await runEvening(desk);
    expect(payment.carriedOut).toMatchObject([{ key: attempt!.key, amount: '2500' }]);
    expect(await payouts()).toMatchObject([
      { state: 'paid', attempts: [{ outcome: 'succeeded' }] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  });

  it('after the money left: found out, and booked', async () => {
    const { desk, payment, pass, books } = evening;
    const kesha = await owed(2500n);
    const [attempt] = await claimPlanned(desk);
    const money = toMoney(attempt!.amountCents, desk.currency);
    const order = { ...money, bankAccount: attempt!.bankAccount! };
    await putTransfer(desk.sidecar, attempt!.key, order);
    pass(LEASE_MS);
    await runEvening(desk);
    expect(payment.carriedOut).toHaveLength(1);
    expect(await payouts()).toMatchObject([{ state: 'paid' }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  });

  it('and comes back to life when others have paid: changes nothing', async () => {
    const { desk, pass, books } = evening;
    const kesha = await owed(2500n);
    const [attempt] = await claimPlanned(desk);
    pass(LEASE_MS);
    await runEvening(desk);
    const paid = await payouts();
    const late = [
      { verdict: 'succeeded', bankReference: 'late' },
      { verdict: 'refused', bankReference: null, reason: 'late' },
      { verdict: 'unclear', reason: 'late' },
      { verdict: 'never-arrived' },
    ] as const;
    for (const verdict of late) await settleAttempts(books, [{ attempt: attempt!, verdict }]);
    expect(await payouts()).toEqual(paid);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('and comes back with its refusal while the next attempt is under way: changes nothing', async () => {
    const { desk, books } = evening;
    await owed(2500n);
    behaveFirst('refuse');
    const [attempt] = await claimPlanned(desk);
    const verdict = { verdict: 'refused', bankReference: null, reason: 'no' } as const;
    await settleAttempts(books, [{ attempt: attempt!, verdict }]);
    await retryByHand(books, attempt!.payoutId);
    const [second] = await claimPlanned(desk);
    await settleAttempts(books, [{ attempt: attempt!, verdict }]);
    expect(await payouts()).toMatchObject([{ state: 'transferring' }]);
    expect(second!.key).not.toBe(attempt!.key);
  });

  it('many workers at once take up each payout once', async () => {
    const { desk, books } = evening;
    for (let person = 0; person < 20; person++) await earn(books, await openPayee(books), 5n);
    await closeToday();
    // Connections are opened beforehand, so that the claims are concurrent.
    const warm = Array.from({ length: 8 }, () => query(books.database, 'SELECT pg_sleep(0.1)'));
    await Promise.all(warm);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimPlanned(desk)));
    const ids = claims.flat().map(({ payoutId }) => payoutId);
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
    expect(await claimUnclear(desk)).toEqual([]);
  });
});

describe('a retry', () => {
  it('goes to the bank account of now, under a new key', async () => {
    const { desk, payment, books } = evening;
    const kesha = await owed(2500n);
    behaveFirst('refuse');
    await runEvening(desk);
    const [failed] = await payouts();
    const bankAccount = newBankAccount();
    await setBankAccount(books, kesha, bankAccount);
    await retryByHand(books, failed!.id);
    await runEvening(desk);
    expect(payment.carriedOut).toEqual([
      { key: attemptKey(failed!.id, 2), amount: '2500', bankAccount },
    ]);
    expect(await payouts()).toMatchObject([
      { state: 'paid', attempts: [{ outcome: 'refused' }, { outcome: 'succeeded' }] },
    ]);
    expect(payment.letters.map(({ letter }) => letter.template)).toEqual([
      'payout-refused',
      'payout-paid',
    ]);
  });

  it('a bank account changed while an attempt is unclear: paid to the old one if it was sent', async () => {
    const { payment, books } = evening;
    const kesha = await owed(2500n);
    behaveFirst('lose-done');
    await runEvening(evening.desk);
    const old = payment.carriedOut[0]!.bankAccount;
    await setBankAccount(books, kesha, newBankAccount());
    await runUntilRest();
    expect(await payouts()).toMatchObject([{ state: 'paid' }]);
    expect(payment.carriedOut).toMatchObject([{ bankAccount: old }]);
  });

  it('a bank account changed while an attempt is unclear, and never arrived: not sent', async () => {
    const { payment, books } = evening;
    const kesha = await owed(2500n);
    behaveFirst('lose-undone');
    await runEvening(evening.desk);
    await setBankAccount(books, kesha, newBankAccount());
    await runUntilRest();
    const reason = 'The bank account was changed before anything was sent';
    expect(await payouts()).toMatchObject([{ state: 'failed', reason }]);
    expect(payment.carriedOut).toEqual([]);
    expect(await balanceInLedger(books, kesha)).toBe(2500n);
  });
});

describe('whatever Payment does', () => {
  const behaviours: Behaviour[] = [
    'succeed',
    'succeed',
    'refuse',
    'in-progress',
    'lose-done',
    'lose-undone',
    'garble-done',
    'garble-always',
  ];

  it('three workers side by side: everybody is paid at most once, and the books agree', async () => {
    const random = fc.array(fc.constantFrom(...behaviours), { minLength: 60, maxLength: 60 });
    const property = fc.asyncProperty(random, async (plan) => {
      const { books, payment } = evening;
      const people = await Promise.all(Array.from({ length: 30 }, () => openPayee(books)));
      for (const person of people) await earn(books, person, 100n);
      await closeToday();
      behaveFirst(...plan);
      await runUntilRest(3);
      expect(await brokenInvariants(books)).toEqual([]);
      const keys = payment.carriedOut.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const person of people) {
        const [payout] = await payouts(person);
        const left = keys.filter((key) => key === attemptKey(payout!.id, 1)).length;
        const isPaid = payout!.state === 'paid';
        expect(['paid', 'failed', 'needs_review']).toContain(payout!.state);
        expect(left).toBe(isPaid ? 1 : 0);
        expect(await balanceInLedger(books, person)).toBe(isPaid ? 0n : 100n);
      }
      const letters = payment.letters.map(({ key }) => key);
      expect(new Set(letters).size).toBe(letters.length);
    });
    await fc.assert(property, { numRuns: 5 });
  });
});

it('a worker that is to stop begins nothing', async () => {
  await owed(2500n);
  await runEvening({ ...evening.desk, isStopping: () => true });
  expect(await payouts()).toMatchObject([{ state: 'planned' }]);
  expect(evening.payment.carriedOut).toEqual([]);
});
