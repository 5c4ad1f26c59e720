import { eventually } from '../../services/shared/testing/eventually';
import { listenLive, type LiveClient } from '../../services/gateway/testing/live-client';
import type { ApiAnswer, Person } from '../../operations/client/api';
import { sendBack, transfersTo } from './support/bank';
import { startExchange, type Exchange } from './support/exchange';
import { lettersTo, type CaughtLetter } from './support/mail';
import { balanceOf, expectMoneyInOrder } from './support/money';

interface Entry {
  id: string;
  kind: string;
  amount: { amount: string };
  balanceAfter: { amount: string };
  taskId: string | null;
  reversesId: string | null;
  reversedById: string | null;
  reason: string | null;
  by: string | null;
  payoutId: string | null;
}
interface Payout {
  id: string;
  day: string;
  state: string;
  amount: { amount: string };
  timeline: { kind: string; reason: string | null }[];
}

const RETURN_REASON = 'the account is closed';

let exchange: Exchange;
let manager: Person;
let accountant: Person;
let worker: Person;
let live: LiveClient;
let taskId: string;
let fee: bigint;
let reward: bigint;
let paid: Payout;

beforeAll(async () => {
  exchange = await startExchange();
  manager = await exchange.hireAs('manager');
  // The only employee for now, so the first task lands on them.
  worker = await exchange.hire('worker');
}, 120_000);
afterAll(async () => {
  live?.close();
  await exchange.stop();
});

const entries = async (): Promise<Entry[]> =>
  (await worker.get('/accounts/me/entries')).body.items as Entry[];
const payouts = async (): Promise<Payout[]> =>
  (await worker.get('/accounts/me/payouts')).body.items as Payout[];

function entryOf(kind: string): Promise<Entry> {
  return eventually(`an entry of the kind ${kind}`, async () =>
    (await entries()).find((entry) => entry.kind === kind),
  );
}

function letterWith(...words: string[]): Promise<CaughtLetter> {
  return eventually(`a letter with ${words.join(', ')}`, async () => {
    const letters = await lettersTo(exchange.stack, worker.email);
    return letters.find(({ text }) => words.every((word) => text.includes(word)));
  });
}

const dollars = (cents: bigint): string =>
  `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

async function closeDay(): Promise<string> {
  const { body } = await accountant.get('/business-days');
  const { day } = body.items.find(({ state }: { state: string }) => state === 'open');
  await accountant.post(`/business-days/${day}/close`);
  return day as string;
}

const paidOn = (day: string): Promise<Payout> =>
  eventually(`the payout of ${day}`, async () =>
    (await payouts()).find((each) => each.day === day && each.state === 'paid'),
  );

function hinted(topic: string): Promise<{ ids?: string[] }> {
  return eventually(`the hint ${topic}`, () =>
    (live.hints() as { topic: string; ids?: string[] }[]).find((hint) => hint.topic === topic),
  );
}

describe('live hints of an employee', () => {
  it('name the task at the distribution and the entry once it is booked', async () => {
    const { body: task } = await manager.post('/tasks', { title: '[LIVE-1] Ring the bell' });
    [taskId, fee, reward] = [task.id, BigInt(task.fee.amount), BigInt(task.reward.amount)];
    live = await listenLive(exchange.stack.gatewayUrl, { authorization: `Bearer ${worker.token}` });
    await manager.post('/distributions', { scope: 'unassigned' });
    await hinted('task');
    await hinted('entry');
    // A hint comes after the commit: what it names is there at once.
    expect((await entries())[0]).toMatchObject({ kind: 'fee', taskId });
  });

  it('name the payout at the closing, and carry nothing but topic and ids', async () => {
    await worker.post(`/tasks/${taskId}/finish`);
    await entryOf('reward');
    accountant = await exchange.hireAs('accountant');
    paid = await paidOn(await closeDay());
    expect(paid.amount.amount).toBe(String(reward - fee));
    expect((await hinted('payout')).ids).toContain(paid.id);
    for (const hint of live.hints() as object[]) {
      expect(['topic', 'ids']).toEqual(expect.arrayContaining(Object.keys(hint)));
    }
  });
});

describe('a payout that the bank sends back', () => {
  it('becomes returned, is booked back, and its owner is told', async () => {
    await letterWith(dollars(reward - fee));
    const [transfer] = await transfersTo(exchange.stack, worker.bankAccount);
    await sendBack(exchange.stack, transfer!.reference, RETURN_REASON);
    const entry = await entryOf('return');
    expect(entry).toMatchObject({
      payoutId: paid.id,
      amount: { amount: String(reward - fee) },
      balanceAfter: { amount: String(reward - fee) },
    });
    const { body: payout } = await accountant.get(`/payouts/${paid.id}`);
    expect(payout).toMatchObject({ state: 'returned', reasonCode: 'returned-by-bank' });
    const kinds = (payout as Payout).timeline.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['planned', 'attempt', 'paid', 'returned']));
    expect(kinds.indexOf('returned')).toBeGreaterThan(kinds.indexOf('paid'));
    await letterWith(dollars(reward - fee), RETURN_REASON);
    await expectMoneyInOrder(exchange.stack);
  });

  it('is owed again by the next closing, exactly once, and never counts as earned', async () => {
    const day = await closeDay();
    const again = await paidOn(day);
    expect(again.id).not.toBe(paid.id);
    expect(again.amount.amount).toBe(String(reward - fee));
    const { body } = await accountant.get(`/business-days/${day}`);
    expect(body).toMatchObject({
      earned: { amount: '0' },
      returned: { amount: String(reward - fee) },
    });
    await closeDay();
    await expectMoneyInOrder(exchange.stack);
    const states = (await payouts()).map(({ state }) => state).sort();
    expect(states).toEqual(['paid', 'returned']);
    expect(await transfersTo(exchange.stack, worker.bankAccount)).toHaveLength(2);
    expect(await balanceOf(worker)).toBe(0n);
  });

  it('is not retried, cancelled or returned a second time', async () => {
    for (const decision of ['retry', 'cancel']) {
      const { status } = await accountant.send('POST', `/payouts/${paid.id}/${decision}`);
      expect(status).toBe(409);
    }
    const [first] = await transfersTo(exchange.stack, worker.bankAccount);
    await sendBack(exchange.stack, first!.reference, RETURN_REASON);
    expect((await entries()).filter(({ kind }) => kind === 'return')).toHaveLength(1);
  });
});

describe('a correction by the accountant', () => {
  const reverse = (who: Person, id: string, reason: string): Promise<ApiAnswer> =>
    who.send('POST', `/entries/${id}/reverse`, { reason });

  it('is booked beside what it corrects, once, and its owner is told', async () => {
    for (const [kind, amount] of [
      ['reward', -reward],
      ['fee', fee],
    ] as const) {
      const original = await entryOf(kind);
      const reason = `the ${kind} was a mistake`;
      const answer = await reverse(accountant, original.id, reason);
      expect(answer).toMatchObject({
        status: 201,
        body: { kind: 'reversal', reversesId: original.id, amount: { amount: String(amount) } },
      });
      expect((await reverse(accountant, original.id, reason)).status).toBe(409);
      const shown = await entries();
      const reversal = shown.find(({ reversesId }) => reversesId === original.id);
      expect(reversal).toMatchObject({ id: answer.body.id, reason, by: accountant.id });
      expect(shown.find(({ id }) => id === original.id)).toMatchObject({
        amount: original.amount,
        balanceAfter: original.balanceAfter,
        reversedById: answer.body.id,
      });
      await letterWith(reason, dollars(amount < 0n ? -amount : amount));
    }
  });

  it('needs a reason, the permission and an entry', async () => {
    const original = await entryOf('reversal');
    expect((await reverse(accountant, original.id, '')).status).toBe(400);
    expect((await reverse(manager, original.id, 'no right')).status).toBe(403);
    expect((await reverse(accountant, exchange.admin.id, 'no entry')).status).toBe(404);
    const payout = await entryOf('payout');
    expect((await reverse(accountant, payout.id, 'a payout stays')).status).toBe(409);
  });

  it('below zero nothing is paid, and the debt is carried', async () => {
    expect(await balanceOf(worker)).toBe(fee - reward);
    const day = await closeDay();
    expect((await payouts()).filter((payout) => payout.day === day)).toEqual([]);
    const { body } = await worker.get(`/accounts/me/days?from=${day}&to=${day}`);
    expect(body.items).toEqual([
      expect.objectContaining({
        day,
        state: 'closed',
        corrections: { amount: String(fee - reward), currency: 'USD' },
        closing: { amount: String(fee - reward), currency: 'USD' },
        payoutId: null,
        carriedBecause: 'below-zero',
      }),
    ]);
    await expectMoneyInOrder(exchange.stack);
  });

  it('of an own entry is refused: somebody else decides', async () => {
    await exchange.admin.post(`/users/${worker.id}/deactivate`);
    await exchange.admin.post('/tasks', { title: '[OWN-1] For the accountant', deal: true });
    const own = await eventually('the fee', async () => {
      const { body } = await accountant.get('/accounts/me/entries');
      return (body.items as Entry[]).find(({ kind }) => kind === 'fee');
    });
    const answer = await reverse(accountant, own.id, 'I would rather not');
    expect(answer).toMatchObject({ status: 403, body: { type: 'own-account' } });
    await expectMoneyInOrder(exchange.stack);
  });
});

describe('the statement as a file', () => {
  const BOM = [0xef, 0xbb, 0xbf];

  async function fileOf(locale: string): Promise<{ bytes: Buffer; headers: Headers }> {
    const path = `/api/v1/accounts/${worker.id}/entries.csv?locale=${locale}`;
    const answer = await fetch(exchange.stack.gatewayUrl + path, {
      headers: { authorization: `Bearer ${accountant.token}` },
    });
    expect(answer.status).toBe(200);
    return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
  }

  it.each([
    ['ru', ';', ','],
    ['en', ',', '.'],
  ])('in %s separates by %s, with the decimals after %s', async (locale, separator, point) => {
    const { bytes, headers } = await fileOf(locale);
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?[^"]+\.csv"?/);
    expect([...bytes.subarray(0, 3)]).toEqual(BOM);
    const text = bytes.subarray(BOM.length).toString('utf8');
    const lines = text.split('\r\n').filter((line) => line !== '');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const count = (await accountant.get(`/accounts/${worker.id}/entries`)).body.items.length;
    expect(lines).toHaveLength(1 + count);
    expect(lines[0]!.split(separator).length).toBeGreaterThan(4);
    expect(text).toContain(dollars(reward).replace('.', point));
  });
});
