import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { query } from '../../shared/db/data-source';
import { eventually } from '../../shared/testing/eventually';
import type { PaymentContext } from '../context';
import { settleTransfersJob } from '../jobs/settle-transfers.job';
import { bankTransferOf } from '../queries/bank-transfer';
import { PaymentLab, listen, someOrder } from '../testing/lab';
import { putBankTransfer } from './put-bank-transfer';
import { withdrawBankTransfer } from './withdraw-bank-transfer';

let lab: PaymentLab;
let deps: PaymentContext;

beforeAll(async () => {
  lab = await PaymentLab.start();
  deps = lab.process();
});
afterAll(() => lab.stop());
afterEach(() => lab.bank.misbehave({}));

const strangers: Server[] = [];
afterEach(() => {
  for (const server of strangers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const stateOf = async (key: string) => (await bankTransferOf(deps.database, key)).state;

async function faultOf(key: string): Promise<{ fault: string | null; isFlagged: boolean }> {
  const sql =
    'SELECT fault, flagged_at IS NOT NULL AS "isFlagged" FROM bank_transfers WHERE key = $1';
  const [row] = await query<{ fault: string | null; isFlagged: boolean }>(deps.database, sql, [
    key,
  ]);
  return row!;
}

describe('a transfer with a bank that works', () => {
  it('is executed once and says so for ever', async () => {
    const order = someOrder();
    const first = await putBankTransfer(deps, order);
    expect(first).toMatchObject({ state: 'succeeded', reason: null });
    expect(first.bankReference).toMatch(/^SB-\d{6}$/);
    await lab.nextRun(deps);
    expect(await putBankTransfer(lab.process(), order)).toEqual(first);
    expect(await lab.booked(order.key)).toHaveLength(1);
  });

  it('is executed once when it is put many times at once by two processes', async () => {
    const order = someOrder();
    lab.bank.misbehave({ delayMs: 50 });
    const processes = [deps, lab.process()];
    const puts = Array.from({ length: 10 }, (_, index) =>
      putBankTransfer(processes[index % processes.length]!, order),
    );
    const states = (await Promise.all(puts)).map(({ state }) => state);
    expect(states.filter((state) => state === 'succeeded').length).toBeGreaterThan(0);
    expect(await lab.booked(order.key)).toHaveLength(1);
    const { attempts } = await bankTransferOf(deps.database, order.key);
    expect(attempts).toBe(1);
  });

  it.each([
    ['amount', { amountCents: 4_251n }],
    ['currency', { currency: 'EUR' }],
    ['bank account', { bankAccount: '40817810099910004312' }],
  ])('is refused with 422 under a key used for another %s', async (_, change) => {
    const order = someOrder();
    await putBankTransfer(deps, order);
    await expect(putBankTransfer(deps, { ...order, ...change })).rejects.toMatchObject({
      status: 422,
      id: 'key-reused',
    });
    expect(await lab.booked(order.key)).toHaveLength(1);
  });
});

describe('a transfer the bank rejects', () => {
  it('is refused with the reason, for ever, while others are paid', async () => {
    const [bad, good] = [someOrder(), someOrder()];
    lab.bank.misbehave({ rejectAccounts: [bad.bankAccount] });
    const refused = await putBankTransfer(deps, bad);
    expect(refused).toMatchObject({
      state: 'refused',
      bankReference: null,
      reason: 'The account number is not known',
    });
    expect(await putBankTransfer(deps, good)).toMatchObject({ state: 'succeeded' });
    lab.bank.misbehave({});
    await lab.nextRun(deps);
    expect(await putBankTransfer(deps, bad)).toEqual(refused);
  });

  it('is refused when it was the answer that got lost', async () => {
    const order = someOrder();
    lab.bank.misbehave({
      rejectAccounts: [order.bankAccount],
      loseAnswer: 'done',
      loseTimes: 1,
    });
    expect(await putBankTransfer(deps, order)).toMatchObject({ state: 'in_progress' });
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('refused');
  });
});

describe('a transfer with a bank in trouble', () => {
  it.each([500, 503, 429])('stays in progress while it answers %i, and heals', async (status) => {
    const order = someOrder();
    lab.bank.misbehave({ failWith: status });
    expect(await putBankTransfer(deps, order)).toMatchObject({ state: 'in_progress' });
    for (let run = 0; run < 5; run += 1) await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('in_progress');
    expect(await faultOf(order.key)).toEqual({
      fault: `the bank answered ${status}`,
      isFlagged: false,
    });
    lab.bank.misbehave({});
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('succeeded');
    expect(await lab.booked(order.key)).toHaveLength(1);
  });

  it.each(['done', 'not-done'] as const)(
    'is executed once when the answer is lost: %s',
    async (loseAnswer) => {
      const order = someOrder();
      lab.bank.misbehave({ loseAnswer, loseTimes: 1 });
      expect(await putBankTransfer(deps, order)).toMatchObject({ state: 'in_progress' });
      expect(await lab.booked(order.key)).toHaveLength(loseAnswer === 'done' ? 1 : 0);
      await lab.nextRun(deps);
      expect(await stateOf(order.key)).toBe('succeeded');
      expect(await lab.booked(order.key)).toHaveLength(1);
    },
  );

  it('is asked about before it is sent again', async () => {
    const order = someOrder();
    lab.bank.misbehave({ loseAnswer: 'done', loseTimes: 1 });
    await putBankTransfer(deps, order);
    // The bank would lose a second order's answer too, so only asking can settle the transfer.
    lab.bank.misbehave({ loseAnswer: 'done' });
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('is not sent again when a 404 does not come from the bank itself', async () => {
    const order = someOrder();
    lab.bank.misbehave({ loseAnswer: 'not-done', loseTimes: 1 });
    await putBankTransfer(deps, order);
    lab.bank.misbehave({ failWith: 404, failTimes: 1 });
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('in_progress');
    expect(await lab.booked(order.key)).toHaveLength(0);
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('stays in progress when the bank cannot be reached, and heals', async () => {
    const order = someOrder();
    const cutOff = lab.process('http://127.0.0.1:9');
    expect(await putBankTransfer(cutOff, order)).toMatchObject({ state: 'in_progress' });
    expect((await faultOf(order.key)).fault).toMatch(/^no answer: /);
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('is left alone by others while one process talks to the bank about it', async () => {
    const order = someOrder();
    const attempts = async () => (await bankTransferOf(deps.database, order.key)).attempts;
    lab.bank.misbehave({ failWith: 500, failTimes: 1 });
    await putBankTransfer(deps, order);
    lab.bank.misbehave({ delayMs: 500 });
    const first = lab.nextRun(deps);
    await eventually('the first process took it up', async () => (await attempts()) === 2);
    await settleTransfersJob(lab.process()).run();
    await first;
    expect(await attempts()).toBe(2);
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('is not refused by the late answer to an older attempt: a newer one may have been executed', async () => {
    const order = someOrder();
    const late: ServerResponse[] = [];
    const stranger = await strangeBank((request, response) => {
      if (request.method === 'PUT' && late.length === 0) late.push(response);
      else response.writeHead(503).end();
    });
    const deps = lab.process(stranger.url);
    const first = putBankTransfer(deps, order);
    await eventually('the first attempt is under way', () => late.length === 1);
    await lab.nextRun(deps);
    const rejection = { status: 'rejected', bankReference: null, reason: 'no such account' };
    late[0]!.writeHead(200).end(JSON.stringify({ ...wireOf(order), ...rejection }));
    const recorded = await first;
    expect(recorded).toMatchObject({ state: 'in_progress', attempts: 2 });
    await lab.nextRun(lab.process());
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('is refused for good, and executed by a late answer: counted, for somebody to look', async () => {
    const order = someOrder();
    const late: ServerResponse[] = [];
    const rejected = { status: 'rejected', bankReference: null, reason: 'no such account' };
    const stranger = await strangeBank((request, response) => {
      if (request.method === 'PUT' && late.length === 0) late.push(response);
      else response.writeHead(200).end(JSON.stringify({ ...wireOf(order), ...rejected }));
    });
    const deps = lab.process(stranger.url);
    const first = putBankTransfer(deps, order);
    await eventually('the first attempt is under way', () => late.length === 1);
    await lab.nextRun(deps);
    expect(lab.contradictions).toBe(0);
    const executed = { status: 'executed', bankReference: `B-${order.key}` };
    late[0]!.writeHead(200).end(JSON.stringify({ ...wireOf(order), ...executed }));
    expect(await first).toMatchObject({ state: 'refused' });
    expect(lab.contradictions).toBe(1);
  });

  it('is left to its newer attempt when an older one ends unclear', async () => {
    const order = someOrder();
    const answers: ServerResponse[] = [];
    const stranger = await strangeBank((_, response) => void answers.push(response));
    const deps = lab.process(stranger.url);
    const older = putBankTransfer(deps, order);
    await eventually('the older attempt is under way', () => answers.length === 1);
    lab.pass();
    const newer = putBankTransfer(lab.process(stranger.url), order);
    await eventually('the newer attempt is under way', () => answers.length === 2);
    const leaseOf = async (): Promise<unknown> => {
      const sql = 'SELECT next_ask_at, fault FROM bank_transfers WHERE key = $1';
      return (await query(deps.database, sql, [order.key]))[0];
    };
    const lease = await leaseOf();
    answers[0]!.writeHead(503).end();
    await older;
    const leaseAfterwards = await leaseOf();
    answers[1]!.writeHead(503).end();
    await newer;
    expect(leaseAfterwards).toEqual(lease);
  });

  it('is left alone until its growing delay is over', async () => {
    const order = someOrder();
    lab.bank.misbehave({ failWith: 500 });
    await putBankTransfer(deps, order);
    lab.bank.misbehave({});
    lab.pass(999);
    expect(await putBankTransfer(deps, order)).toMatchObject({ state: 'in_progress', attempts: 1 });
    lab.pass(1);
    expect(await putBankTransfer(deps, order)).toMatchObject({ state: 'succeeded', attempts: 2 });
  });
});

describe('a transfer with a bank that talks nonsense', () => {
  it.each([
    ['another amount', { wrongAmount: true, wrongAmountTimes: 1 }, /another amount/],
    ['a page instead of JSON', { html: true, htmlTimes: 1 }, /no answer of the bank's/],
    ['400', { failWith: 400, failTimes: 1 }, /^400 with/],
    ['404 without naming the reference', { failWith: 404, failTimes: 1 }, /^404 with/],
  ])('is neither paid nor refused but flagged at %s, and heals', async (_, switches, fault) => {
    const order = someOrder();
    lab.bank.misbehave(switches);
    expect(await putBankTransfer(deps, order)).toMatchObject({
      state: 'in_progress',
      bankReference: null,
    });
    expect(await faultOf(order.key)).toEqual({
      fault: expect.stringMatching(fault),
      isFlagged: true,
    });
    await lab.nextRun(deps);
    expect(await stateOf(order.key)).toBe('succeeded');
    expect(await lab.booked(order.key)).toHaveLength(1);
  });

  const echo = (reference: string, order: ReturnType<typeof someOrder>) => ({
    ...wireOf(order),
    reference,
    status: 'executed',
    bankReference: `B-${reference}`,
  });
  /** Turns the correct answer into a wrong one. */
  type Spoil = (executed: ReturnType<typeof echo>) => object | string | null;

  it.each<[string, number, Spoil]>([
    ['an empty body', 200, () => ''],
    ['null', 200, () => null],
    ['an array', 200, (executed) => [executed]],
    ['another reference', 200, (executed) => ({ ...executed, reference: 'other' })],
    ['another currency', 200, (executed) => ({ ...executed, currency: 'RUB' })],
    ['another account', 200, (executed) => ({ ...executed, account: '1' })],
    ['an amount that is a number', 200, (executed) => ({ ...executed, amount: 4_250 })],
    ['no bank reference', 200, (executed) => ({ ...executed, bankReference: null })],
    ['NUL in the bank reference', 200, (executed) => ({ ...executed, bankReference: '\0' })],
    ['executed with 403', 403, (executed) => executed],
    ['executed with 302', 302, (executed) => executed],
    ['rejected without a reason', 422, (executed) => ({ ...executed, status: 'rejected' })],
    ['an unknown status', 200, (executed) => ({ ...executed, status: 'maybe' })],
    ['unknown with 200', 200, ({ reference }) => ({ reference, status: 'unknown' })],
    ['a body without end', 200, () => 'x'.repeat(1_000_000)],
  ])('stays in progress at %s, sent or asked', async (_, status, spoil) => {
    const order = someOrder();
    const reference = order.key.replaceAll('-', '');
    const answer = spoil(echo(reference, order));
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const stranger = await strangeBank((__, response) => response.writeHead(status).end(body));
    const confused = lab.process(stranger.url);
    expect(await putBankTransfer(confused, order)).toMatchObject({ state: 'in_progress' });
    await lab.nextRun(confused);
    expect(await bankTransferOf(deps.database, order.key)).toMatchObject({
      state: 'in_progress',
      attempts: 2,
    });
    await lab.nextRun(deps);
  });

  it('takes several refusals under one bank reference', async () => {
    const orders = [someOrder(), someOrder()];
    const stranger = await strangeBank((request, response) => {
      const named = request.url!.split('/').at(-1)!;
      const about = orders.find(({ key }) => key.replaceAll('-', '') === named)!;
      const rejected = { status: 'rejected', bankReference: 'FILE-1', reason: 'the file is late' };
      response.writeHead(200).end(JSON.stringify({ ...echo(named, about), ...rejected }));
    });
    const deps = lab.process(stranger.url);
    for (const order of orders) {
      const refused = { state: 'refused', bankReference: 'FILE-1', reason: 'the file is late' };
      expect(await putBankTransfer(deps, order)).toMatchObject(refused);
    }
  });

  it('does not take a bank reference that another transfer has', async () => {
    const [first, second] = [someOrder(), someOrder()];
    const stranger = await strangeBank((request, response) => {
      const named = request.url!.split('/').at(-1)!;
      const about = [first, second].find(({ key }) => key.replaceAll('-', '') === named)!;
      response
        .writeHead(200)
        .end(JSON.stringify({ ...echo(named, about), bankReference: 'TWICE' }));
    });
    const confused = lab.process(stranger.url);
    expect(await putBankTransfer(confused, first)).toMatchObject({ state: 'succeeded' });
    expect(await putBankTransfer(confused, second)).toMatchObject({ state: 'in_progress' });
    expect((await faultOf(second.key)).isFlagged).toBe(true);
  });
});

describe('a transfer that is withdrawn', () => {
  it('before it arrives: never sent when it does, for ever', async () => {
    const order = someOrder();
    expect(await withdrawBankTransfer(deps, order)).toMatchObject({
      state: 'withdrawn',
      bankReference: null,
      reason: null,
    });
    expect(await putBankTransfer(lab.process(), order)).toMatchObject({ state: 'withdrawn' });
    await lab.nextRun(deps);
    expect(await withdrawBankTransfer(deps, order)).toMatchObject({ state: 'withdrawn' });
    expect(await lab.booked(order.key)).toEqual([]);
  });

  it('after it arrived: left as it is, whatever that is', async () => {
    const [open, done] = [someOrder(), someOrder()];
    lab.bank.misbehave({ failWith: 503 });
    await putBankTransfer(deps, open);
    expect(await withdrawBankTransfer(deps, open)).toMatchObject({ state: 'in_progress' });
    lab.bank.misbehave({});
    await putBankTransfer(deps, done);
    expect(await withdrawBankTransfer(deps, done)).toMatchObject({ state: 'succeeded' });
    await lab.nextRun(deps);
    expect(await stateOf(open.key)).toBe('succeeded');
  });

  it('at the moment it arrives: one of the two, and everybody hears the same', async () => {
    const orders = Array.from({ length: 20 }, () => someOrder());
    const ends = await Promise.all(
      orders.flatMap((order) => [
        putBankTransfer(deps, order),
        withdrawBankTransfer(lab.process(), order),
      ]),
    );
    expect(ends).toHaveLength(2 * orders.length);
    for (const { key } of orders) {
      const booked = (await lab.booked(key)).length;
      expect([await stateOf(key), booked]).toEqual(booked ? ['succeeded', 1] : ['withdrawn', 0]);
    }
  });

  it('with other content than the order has: refused with 422', async () => {
    const order = someOrder();
    await putBankTransfer(deps, order);
    const other = { ...order, amountCents: 1n };
    await expect(withdrawBankTransfer(deps, other)).rejects.toMatchObject({ id: 'key-reused' });
  });
});

describe('a transfer when the clocks disagree', () => {
  const wrong = { clock: (): Date => new Date(lab.clock().getTime() + 60_000) };

  it('is not begun', async () => {
    const order = someOrder();
    const put = putBankTransfer({ ...deps, ...wrong }, order);
    await expect(put).rejects.toMatchObject({ status: 503, id: 'clock-off' });
    await expect(stateOf(order.key)).rejects.toMatchObject({ status: 404 });
  });

  it('is not taken up, and settled when they agree again', async () => {
    const order = someOrder();
    lab.bank.misbehave({ loseAnswer: 'not-done', loseTimes: 1 });
    await putBankTransfer(deps, order);
    lab.pass();
    const taking = settleTransfersJob({ ...deps, ...wrong }).run();
    await expect(taking).rejects.toMatchObject({ id: 'clock-off' });
    expect((await bankTransferOf(deps.database, order.key)).attempts).toBe(1);
    await settleTransfersJob(deps).run();
    expect(await stateOf(order.key)).toBe('succeeded');
  });

  it('is recorded all the same once the bank has answered', async () => {
    const order = someOrder();
    const late: ServerResponse[] = [];
    const stranger = await strangeBank((_, response) => void late.push(response));
    let aheadMs = 0;
    const clock = (): Date => new Date(lab.clock().getTime() + aheadMs);
    const put = putBankTransfer({ ...lab.process(stranger.url), clock }, order);
    await eventually('the bank was asked', () => late.length === 1);
    aheadMs = 60_000;
    const executed = { status: 'executed', bankReference: `B-${order.key}` };
    late[0]!.writeHead(200).end(JSON.stringify({ ...wireOf(order), ...executed }));
    expect(await put).toMatchObject({ state: 'succeeded' });
  });
});

describe('a transfer whose process died', () => {
  it('is sent by the next process when the bank never heard of it', async () => {
    const order = someOrder();
    await claimAndDie(order);
    expect(await lab.booked(order.key)).toHaveLength(0);
    await lab.nextRun(lab.process());
    expect(await stateOf(order.key)).toBe('succeeded');
    expect(await lab.booked(order.key)).toHaveLength(1);
  });

  it('is found executed by the next process when the bank had executed it', async () => {
    const order = someOrder();
    await claimAndDie(order);
    const { key, ...rest } = order;
    const sent = { reference: key.replaceAll('-', ''), ...rest };
    await deps.rails.named('bank').send(sent, AbortSignal.timeout(4_000));
    await lab.nextRun(lab.process());
    expect(await stateOf(order.key)).toBe('succeeded');
    expect(await lab.booked(order.key)).toHaveLength(1);
  });

  it('belongs to it until the lease is over', async () => {
    const order = someOrder();
    await claimAndDie(order);
    expect(await putBankTransfer(lab.process(), order)).toMatchObject({ state: 'in_progress' });
    expect(await lab.booked(order.key)).toHaveLength(0);
  });

  /** Leaves the row of a process that was killed after its claim was committed. */
  async function claimAndDie(order: ReturnType<typeof someOrder>): Promise<void> {
    const { key, amountCents, currency, bankAccount } = order;
    const leaseUntil = new Date(lab.clock().getTime() + 5_000);
    await query(
      deps.database,
      `INSERT INTO bank_transfers
         (key, amount_cents, currency, bank_account, created_at, next_ask_at, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, 1)`,
      [key, amountCents, currency, bankAccount, lab.clock(), leaseUntil],
    );
  }
});

describe('the table of bank transfers', () => {
  it.each([
    ['an outcome', "UPDATE bank_transfers SET state = 'in_progress', settled_at = NULL"],
    ['an amount', 'UPDATE bank_transfers SET amount_cents = amount_cents + 1'],
    ['a row', 'DELETE FROM bank_transfers'],
  ])('refuses to change %s', async (_, sql) => {
    await putBankTransfer(deps, someOrder());
    await expect(query(deps.database, sql)).rejects.toThrow(
      /what was recorded stays|permission denied/,
    );
  });
});

/** Returns the fields of an order that the bank repeats. */
function wireOf({ key, amountCents, currency, bankAccount }: ReturnType<typeof someOrder>) {
  const reference = key.replaceAll('-', '');
  return { reference, amount: amountCents.toString(), currency, account: bankAccount };
}

/** Starts another bank; it is closed after the test, even after a failed one. */
async function strangeBank(handler: RequestListener): Promise<{ url: string }> {
  const server = createServer(handler);
  strangers.push(server);
  return { url: await listen(server) };
}
