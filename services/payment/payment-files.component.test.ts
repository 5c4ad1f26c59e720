import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { testClient } from '../shared/testing/test-service';
import { filesUnderTest, referenceOf, type FilesUnderTest } from './testing/files-under-test';

let files: FilesUnderTest;
beforeAll(async () => {
  files = await filesUnderTest();
});
afterAll(() => files.stop());

/** Returns a business day that no other test uses. */
let days = 0;
const newDay = (): string => `2026-04-${String(++days).padStart(2, '0')}`;

const path = (id: string, action = 'file'): string => `/payment-files/${id}/${action}`;
const listed = async (day: string): Promise<Record<string, unknown>[]> => {
  const { body } = await files.accountant.get('/payment-files?limit=100').expect(200);
  return body.items.filter((one: { businessDay: string }) => one.businessDay === day);
};
const post = (id: string, action: string, body: object = {}) =>
  files.accountant.post(path(id, action)).send(body);
const auditOf = (id: string): Promise<{ action: string; actor: string; details: object }[]> =>
  query(
    files.app.database!,
    'SELECT action, actor_id AS actor, details FROM audit_log WHERE subject = $1 ORDER BY id',
    [id],
  );

describe('an order for a file', () => {
  const order = {
    amount: '4250',
    currency: 'USD',
    bankAccount: '044525225/40817810538091310419',
    businessDay: '2026-03-02',
    creditorName: 'Попугаев Иннокентий',
  };
  const put = (body: object, key = newId()) =>
    files.worker.put(`/bank-transfers/${key}`).send(body);

  it('waits for the operator, is never sent, and a repeat without name is the same order', async () => {
    const key = newId();
    const waiting = {
      outcome: 'in_progress',
      bankReference: null,
      reason: null,
      waitingFor: 'operator',
    };
    expect((await put(order, key).expect(202)).body).toEqual(waiting);
    const { businessDay: _, creditorName: __, ...plain } = order;
    expect((await put(plain, key).expect(202)).body).toEqual(waiting);
    expect((await put({ ...order, creditorName: 'B' }, key).expect(202)).body).toEqual(waiting);
    await put({ ...order, amount: '1' }, key).expect(422);
    await files.lab.nextRun(files.lab.process());
    for (const job of files.app.jobs!) await job.run();
    expect((await files.worker.get(`/bank-transfers/${key}`).expect(202)).body).toEqual(waiting);
    expect(await files.lab.booked(key)).toEqual([]);
  });

  it.each([
    ['a Russian account without BIK', { bankAccount: '40817810099910004312' }, /BIK/],
    ['an account that no bank has', { bankAccount: 'DE5137040044053201300' }, /not valid/],
    ['no name', { creditorName: undefined }, /full name/],
    [
      'a name without Latin letters for an IBAN',
      { bankAccount: 'DE89370400440532013000', creditorName: '王小明' },
      /Latin/,
    ],
    ['no day', { businessDay: undefined }, /business day/],
  ])('is refused for certain with %s', async (_, wrong, reason) => {
    const { body } = await put({ ...order, ...wrong }).expect(200);
    expect(body).toMatchObject({ outcome: 'refused', bankReference: null });
    expect(body.reason).toMatch(reason);
  });

  it('is counted apart from what the bank has not settled', async () => {
    await put(order).expect(202);
    await files.app.jobs!.find(({ name }) => name === 'measure-transfers')!.run();
    const text = await files.app.parts.metrics.registry.metrics();
    expect(text).toMatch(/^bank_transfers_in_progress\{.*\} 0$/m);
    expect(text).toMatch(/^bank_transfers_waiting_for_operator\{.*\} [1-9]/m);
    expect(text).toMatch(/^bank_transfers_waiting_seconds\{.*\} \d/m);
  });
});

describe('a file', () => {
  it('is an open collection until its first download, and never changes from then on', async () => {
    const day = newDay();
    const keys = await files.order(day, 2);
    const [open] = await listed(day);
    expect(open).toMatchObject({
      state: 'open',
      number: 1,
      count: 2,
      total: { amount: '2001', currency: 'USD' },
      messageId: null,
      createdAt: null,
      transfers: { waiting: 2, succeeded: 0, refused: 0 },
    });
    const first = await files.accountant.get(path(open!['id'] as string)).expect(200);
    expect(first.headers).toMatchObject({
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="payouts-${day}-USD-1.xml"`,
    });
    for (const key of keys) expect(first.text).toContain(`>${referenceOf(key)}<`);
    const [late] = await files.order(day);
    files.lab.pass();
    const second = await files.accountant.get(path(open!['id'] as string)).expect(200);
    expect(second.text).toBe(first.text);
    expect(second.text).not.toContain(referenceOf(late!));
    expect(await listed(day)).toMatchObject([
      { state: 'open', number: 2, count: 1 },
      { id: open!['id'], state: 'waiting', number: 1, count: 2 },
    ]);
  });

  it('downloaded by two at once is one file, with one audit row', async () => {
    const day = newDay();
    await files.order(day, 3);
    const id = (await listed(day))[0]!['id'] as string;
    const both = await Promise.all([1, 2].map(() => files.accountant.get(path(id)).expect(200)));
    expect(both[0]!.text).toBe(both[1]!.text);
    expect(await listed(day)).toHaveLength(1);
    expect(await auditOf(id)).toMatchObject([
      { action: 'payment-file.made', actor: files.accountantId },
    ]);
  });

  it('keeps currencies apart', async () => {
    const day = newDay();
    await files.order(day);
    await files.order(day, 1, { currency: 'EUR' });
    expect((await listed(day)).map(({ currency }) => currency).sort()).toEqual(['EUR', 'USD']);
  });

  it('is listed in pages, the newest day first', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await files.accountant.get(`/payment-files?limit=1${cursor}`).expect(200);
      seen.push(...body.items.map((one: { businessDay: string }) => one.businessDay));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it.each([
    'UPDATE payment_files SET document = $1',
    'DELETE FROM payment_file_transfers WHERE $1 = $1',
  ])('is kept by the database: %s', async (sql) => {
    const run = query(files.app.database!, sql.replace('$1 = $1', 'true').replace('$1', "'x'"));
    await expect(run).rejects.toThrow(/stays|permission denied/);
  });
});

describe('the operator', () => {
  it('confirms a file: its transfers succeeded under their own references, once', async () => {
    const day = newDay();
    const keys = await files.order(day, 2);
    const id = await files.makeFile(day);
    const { body } = await post(id, 'confirm').expect(200);
    expect(body).toMatchObject({ state: 'settled', transfers: { waiting: 0, succeeded: 2 } });
    expect((await post(id, 'confirm').expect(200)).body).toEqual(body);
    const { body: told } = await files.worker.get(`/bank-transfers/${keys[0]}`).expect(200);
    expect(told).toMatchObject({ outcome: 'succeeded', bankReference: referenceOf(keys[0]!) });
    const audit = await auditOf(id);
    expect(audit.map(({ action }) => action)).toEqual([
      'payment-file.made',
      'payment-file.confirmed',
    ]);
    expect(audit[1]!.details).toMatchObject({ after: { succeeded: [...keys].sort() } });
  });

  it('rejects some, and confirms the rest; both bear repetition', async () => {
    const day = newDay();
    const [bad, good] = await files.order(day, 2);
    const id = await files.makeFile(day);
    const rejection = { reason: 'account closed', transactions: [bad] };
    await post(id, 'reject', rejection).expect(200);
    await post(id, 'confirm').expect(200);
    await post(id, 'reject', rejection).expect(200);
    const { body } = await post(id, 'confirm').expect(200);
    expect(body).toMatchObject({ state: 'settled', transfers: { succeeded: 1, refused: 1 } });
    const { body: told } = await files.worker.get(`/bank-transfers/${bad}`).expect(200);
    expect(told).toEqual({ outcome: 'refused', bankReference: null, reason: 'account closed' });
    expect(await files.stateOf(good!)).toBe('succeeded');
    expect(await auditOf(id)).toHaveLength(3);
  });

  it('contradicts nothing that is settled: 409, and nothing changes', async () => {
    const day = newDay();
    const [settled, waiting] = await files.order(day, 2);
    const id = await files.makeFile(day);
    await post(id, 'confirm', { transactions: [settled] }).expect(200);
    const wrong = { reason: 'no', transactions: [waiting, settled] };
    const { body } = await post(id, 'reject', wrong).expect(409);
    expect(body).toMatchObject({ type: 'transfer-settled' });
    expect(body.detail).toContain(settled);
    expect(await files.stateOf(waiting!)).toBe('in_progress');
    await post(id, 'reject', { reason: 'no' }).expect(200);
    await post(id, 'confirm', { transactions: [waiting] }).expect(409);
  });

  it('a whole file that was rejected is not confirmed as a whole', async () => {
    const day = newDay();
    await files.order(day, 2);
    const id = await files.makeFile(day);
    await post(id, 'reject', { reason: 'wrong format' }).expect(200);
    await post(id, 'confirm').expect(409);
  });

  it('and another operator at once: one of two opposite decisions holds', async () => {
    const day = newDay();
    const keys = await files.order(day, 3);
    const id = await files.makeFile(day);
    const both = await Promise.all([post(id, 'confirm'), post(id, 'reject', { reason: 'no' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const states = new Set(await Promise.all(keys.map((key) => files.stateOf(key))));
    expect(states.size).toBe(1);
  });

  it('downloads before confirming, and names only what is in the file', async () => {
    const day = newDay();
    const [key] = await files.order(day);
    const id = (await listed(day))[0]!['id'] as string;
    const { body } = await post(id, 'confirm').expect(409);
    expect(body.type).toBe('payment-file-open');
    await files.makeFile(day);
    const other = newId();
    const refused = await post(id, 'confirm', { transactions: [key, other] }).expect(400);
    expect(refused.body.detail).toContain(other);
    expect(await files.stateOf(key!)).toBe('in_progress');
    await post(newId(), 'confirm').expect(404);
    await files.accountant.get(path(newId())).expect(404);
    await post('1', 'confirm').expect(400);
    await post(id, 'reject').expect(400);
    await post(id, 'confirm', { transactions: [] }).expect(400);
  });

  it('needs the permission, and services do not get in', async () => {
    const client = testClient(files.app);
    for (const requester of [client.as({ role: 'employee' }), client.as({ role: 'manager' })]) {
      await requester.get('/payment-files').expect(403);
      await requester.get(path(newId())).expect(403);
      await requester.post(path(newId(), 'confirm')).send({}).expect(403);
      const status = requester.post(path(newId(), 'status'));
      await status.set('content-type', 'application/xml').send('<a/>').expect(403);
    }
    await client.service('account-worker').get('/payment-files').expect(401);
  });
});
