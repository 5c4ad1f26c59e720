import { createServer, type RequestListener, type Server } from 'node:http';
import { query } from '../../shared/db/data-source';
import { putBankTransfer } from '../commands/put-bank-transfer';
import type { PaymentContext } from '../context';
import { countUnsettled } from '../queries/count-unsettled';
import { returnedTransfersAfter } from '../queries/returned-transfers';
import { PaymentLab, listen, someOrder } from '../testing/lab';
import { readReturnsJob } from './read-returns.job';

let lab: PaymentLab;
let payment: PaymentContext;
const strangers: Server[] = [];

/** Last return that was recorded before the test. */
let since = 0n;
/** Positions of strange banks: behind those of the sandbox bank. */
const STRANGE = 1_000_000n;

beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
  await run();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  lab.bank.misbehave({});
  const recorded = await returnedTransfersAfter(payment.database, 0n, 1_000);
  since = recorded.at(-1)?.position ?? 0n;
  await query(payment.database, 'DELETE FROM unmatched_returns');
  const reset = `UPDATE return_statements
    SET fault = NULL, lease_until = '-infinity', read_up_to = $1`;
  await query(payment.database, reset, [await lab.lastReturn()]);
});
afterEach(() => {
  for (const server of strangers.splice(0)) server.close();
});

const run = (context = payment): Promise<void> => readReturnsJob(context).run();
const returned = () => returnedTransfersAfter(payment.database, since, 100);
const flagged = async (): Promise<number> =>
  (await countUnsettled(payment.database, lab.clock())).flaggedReturns;

/** Executes a transfer; the bank sends its money back. Returns the key. */
async function paidAndReturned(): Promise<string> {
  const order = someOrder();
  await putBankTransfer(payment, order);
  await lab.giveBack(order.key);
  return order.key;
}

it('a returned transfer is found, and recorded once, however often the job runs', async () => {
  const key = await paidAndReturned();
  await run();
  await run();
  const rows = await returned();
  expect(rows).toMatchObject([{ key, amountCents: 4_250n, currency: 'USD' }]);
  expect(rows[0]!.reason).toBe('account closed');
});

it('two processes at once record each return once', async () => {
  for (let at = 0; at < 5; at += 1) await paidAndReturned();
  await Promise.all([run(), run(lab.process()), run(lab.process())]);
  await run();
  const positions = (await returned()).map(({ position }) => position);
  expect(positions).toEqual([1n, 2n, 3n, 4n, 5n].map((step) => since + step));
});

it('while a process reads, another leaves the statement alone; after a crash it goes on', async () => {
  await paidAndReturned();
  const leased = 'UPDATE return_statements SET lease_until = $1';
  await query(payment.database, leased, [new Date(lab.clock().getTime() + 60_000)]);
  await run();
  expect(await returned()).toEqual([]);
  lab.pass();
  await run();
  expect(await returned()).toHaveLength(1);
});

it('a return of a transfer whose answer was lost waits until the transfer is settled', async () => {
  const order = someOrder();
  lab.bank.misbehave({ loseAnswer: 'done', loseTimes: 1 });
  await putBankTransfer(payment, order);
  await lab.giveBack(order.key);
  await run();
  expect(await returned()).toEqual([]);
  expect(await flagged()).toBe(0);
  await lab.nextRun(payment);
  await run();
  expect(await returned()).toMatchObject([{ key: order.key }]);
});

it('a wrong amount is flagged and never applied, and heals when the bank mends it', async () => {
  const key = await paidAndReturned();
  lab.bank.misbehave({ wrongAmount: true });
  await run();
  expect(await returned()).toEqual([]);
  expect(await flagged()).toBe(1);
  lab.bank.misbehave({});
  lab.pass();
  await run();
  expect(await returned()).toMatchObject([{ key }]);
  expect(await flagged()).toBe(0);
});

const line = {
  position: String(STRANGE),
  amount: '4250',
  currency: 'USD',
  account: '40817810099910004312',
  reference: '0'.repeat(32),
  bankReference: 'SB-000001',
  reason: 'closed',
  returnedAt: '2026-03-03T09:00:00.000Z',
};

describe('of a line that fits no executed transfer', () => {
  const order = someOrder();
  const reference = order.key.replaceAll('-', '');
  let fitting = { ...line, account: order.bankAccount, reference };

  beforeEach(async () => {
    const { bankReference } = await putBankTransfer(payment, order);
    fitting = { ...fitting, bankReference: bankReference! };
  });

  it.each([
    ['an unknown reference', { reference: 'f'.repeat(32) }],
    ['a reference that is none of ours', { reference: 'PB-1' }],
    ['another currency', { currency: 'EUR' }],
    ['another account', { account: '40817810099910000000' }],
    ['another amount', { amount: '4249' }],
    ['another bank reference', { bankReference: 'SB-000009' }],
  ])('%s is flagged and applied never', async (_, wrong) => {
    const other = await strangeBank({ items: [{ ...fitting, ...wrong }] });
    await run(other);
    lab.pass();
    await run(other);
    expect(await returned()).toEqual([]);
    expect(await flagged()).toBe(1);
  });

  it('a second return of one transfer is flagged', async () => {
    const second = { ...fitting, position: String(STRANGE + 1n) };
    await run(await strangeBank({ items: [fitting, second] }));
    expect(await returned()).toHaveLength(1);
    expect(await flagged()).toBe(1);
  });
});

it.each([
  ['HTML', '<html>Bad gateway</html>'],
  ['lines out of order', { items: [{ ...line, position: String(STRANGE + 1n) }, line] }],
  ['an amount below zero', { items: [{ ...line, amount: '-1' }] }],
  ['no list', {}],
])('%s instead of a statement is flagged, and moves no position', async (_, answer) => {
  const key = await paidAndReturned();
  await run(await strangeBank(answer));
  expect(await returned()).toEqual([]);
  expect(await flagged()).toBe(1);
  await run();
  expect(await returned()).toMatchObject([{ key }]);
  expect(await flagged()).toBe(0);
});

it('a bank that is down is asked again, without a flag', async () => {
  const key = await paidAndReturned();
  lab.bank.misbehave({ failWith: 503, failTimes: 1 });
  await run();
  expect(await flagged()).toBe(0);
  await run();
  expect(await returned()).toMatchObject([{ key }]);
});

it('refuses to change or delete a return', async () => {
  await paidAndReturned();
  await run();
  for (const sql of [
    'UPDATE returned_transfers SET amount_cents = 1',
    'DELETE FROM returned_transfers',
  ]) {
    await expect(query(payment.database, sql)).rejects.toThrow(/stays|permission denied/);
  }
});

/** Returns Payment at another bank, which gives this answer until its lines are read. */
async function strangeBank(answer: unknown): Promise<PaymentContext> {
  const handler: RequestListener = ({ url }, response) => {
    const after = BigInt(new URL(url!, 'http://bank').searchParams.get('after')!);
    const isText = typeof answer === 'string';
    const text = isText ? answer : JSON.stringify(answer);
    response.end(after >= STRANGE && !isText ? '{"items":[]}' : text);
  };
  const server = createServer(handler);
  strangers.push(server);
  return lab.process(await listen(server));
}
