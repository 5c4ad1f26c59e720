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
const newDay = (): string => `2026-07-${String(++days).padStart(2, '0')}`;

const path = (id: string, action: string): string => `/payment-files/${id}/${action}`;
const post = (id: string, action: string, body: object = {}) =>
  files.accountant.post(path(id, action)).send(body);
const giveBack = (id: string, transactions: unknown, reason: unknown = 'account closed') =>
  post(id, 'return', { transactions, reason });

/** Makes a file of transfers that the bank executed. */
async function executedFile(count: number): Promise<{ id: string; keys: string[] }> {
  const day = newDay();
  const keys = await files.order(day, count);
  const id = await files.makeFile(day);
  await post(id, 'confirm').expect(200);
  return { id, keys };
}

interface Listed {
  key: string;
  state: string;
}
/** Returns the items of all pages. */
async function transfersOf(id: string, limit = 100): Promise<Listed[]> {
  const items: Listed[] = [];
  let cursor = '';
  do {
    const { body } = await files.accountant
      .get(`${path(id, 'transfers')}?limit=${limit}${cursor}`)
      .expect(200);
    items.push(...body.items);
    cursor = body.next === null ? '' : `&cursor=${body.next}`;
  } while (cursor !== '');
  return items;
}

/** Returns the reports to Account about the transfers, oldest first. */
async function reportedOf(keys: readonly string[]): Promise<{ key: string; reason: string }[]> {
  const { body } = await files.worker.get('/returned-transfers/0').expect(200);
  return body.items.filter(({ key }: { key: string }) => keys.includes(key));
}

const auditOf = (id: string): Promise<{ action: string; actor: string; details: object }[]> =>
  query(
    files.app.database!,
    `SELECT action, actor_id AS actor, details FROM audit_log
     WHERE subject = $1 AND action = 'payment-file.returned' ORDER BY id`,
    [id],
  );

describe('the transfers of a file', () => {
  it('are listed in the order of the file, with what became of each', async () => {
    const day = newDay();
    const [waiting, refused, paid, returned] = await files.order(day, 4);
    const id = await files.makeFile(day);
    await post(id, 'reject', { reason: 'no such number', transactions: [refused] }).expect(200);
    await post(id, 'confirm', { transactions: [paid, returned] }).expect(200);
    await giveBack(id, [returned], 'account closed').expect(200);
    const about = (key: string, amount: string) => ({
      key,
      amount: { amount, currency: 'USD' },
      bankAccount: '044525225/40817810538091310419',
      creditorName: 'Попугаев Иннокентий',
      bankReference: null,
      reason: null,
    });
    expect(await transfersOf(id)).toEqual([
      { ...about(waiting!, '1000'), state: 'waiting' },
      { ...about(refused!, '1001'), state: 'refused', reason: 'no such number' },
      { ...about(paid!, '1002'), state: 'succeeded', bankReference: referenceOf(paid!) },
      {
        ...about(returned!, '1003'),
        state: 'returned',
        bankReference: referenceOf(returned!),
        reason: 'account closed',
      },
    ]);
  });

  it('are listed in pages, each transfer once', async () => {
    const day = newDay();
    const keys = await files.order(day, 5);
    const id = await files.makeFile(day);
    expect((await transfersOf(id, 2)).map(({ key }) => key)).toEqual(keys);
  });

  it('are none before the first download (409), and none of an unknown file (404)', async () => {
    const day = newDay();
    await files.order(day);
    const { body } = await files.accountant.get('/payment-files?limit=100').expect(200);
    const { id } = body.items.find((one: { businessDay: string }) => one.businessDay === day);
    const open = await files.accountant.get(path(id, 'transfers')).expect(409);
    expect(open.body.type).toBe('payment-file-open');
    await files.accountant.get(path(newId(), 'transfers')).expect(404);
    await files.accountant.get(path('1', 'transfers')).expect(400);
    await files.accountant.get(`${path(newId(), 'transfers')}?cursor=x`).expect(400);
  });

  it('and their returns need the permission', async () => {
    const client = testClient(files.app);
    for (const requester of [client.as({ role: 'employee' }), client.as({ role: 'manager' })]) {
      await requester.get(path(newId(), 'transfers')).expect(403);
      const body = { transactions: [newId()], reason: 'account closed' };
      await requester.post(path(newId(), 'return')).send(body).expect(403);
    }
  });
});

describe('money that the bank returned', () => {
  it('is reported to Account like any other return, once per transfer, and audited', async () => {
    const { id, keys } = await executedFile(3);
    const [first, second] = keys as [string, string];
    const { body } = await giveBack(id, [first]).expect(200);
    expect(body).toMatchObject({ state: 'settled', transfers: { succeeded: 3, returned: 1 } });
    expect((await giveBack(id, [first], 'another reason').expect(200)).body).toEqual(body);
    expect(await reportedOf(keys)).toEqual([
      {
        position: expect.stringMatching(/^[1-9]/),
        key: first,
        amount: '1000',
        currency: 'USD',
        reason: 'account closed',
        returnedAt: files.lab.clock().toISOString(),
      },
    ]);
    await giveBack(id, [first, second, second], 'wrong name').expect(200);
    expect((await reportedOf(keys)).map(({ key, reason }) => [key, reason])).toEqual([
      [first, 'account closed'],
      [second, 'wrong name'],
    ]);
    expect(await auditOf(id)).toMatchObject([
      {
        actor: files.accountantId,
        details: { after: { returned: [first] }, reason: 'account closed' },
      },
      {
        actor: files.accountantId,
        details: { after: { returned: [second] }, reason: 'wrong name' },
      },
    ]);
  });

  it('is that of executed transfers alone: 409 names the others, and nothing changes', async () => {
    const day = newDay();
    const [paid, waiting, refused] = (await files.order(day, 3)) as [string, string, string];
    const id = await files.makeFile(day);
    await post(id, 'confirm', { transactions: [paid] }).expect(200);
    await post(id, 'reject', { reason: 'no', transactions: [refused] }).expect(200);
    for (const wrong of [waiting, refused]) {
      const { body } = await giveBack(id, [paid, wrong]).expect(409);
      expect(body.type).toBe('not-executed');
      expect(body.detail).toContain(wrong);
      expect(body.detail).not.toContain(paid);
    }
    expect(await reportedOf([paid, waiting, refused])).toEqual([]);
    expect(await auditOf(id)).toEqual([]);
  });

  it('is that of transfers in this file: 400 names the others, and nothing changes', async () => {
    const [mine, other] = [await executedFile(1), await executedFile(1)];
    const { body } = await giveBack(mine.id, [...mine.keys, ...other.keys]).expect(400);
    expect(body.detail).toContain(other.keys[0]);
    expect(await reportedOf([...mine.keys, ...other.keys])).toEqual([]);
  });

  it.each([
    ['no transfer', [], 'account closed'],
    ['transfers left out', undefined, 'account closed'],
    ['no reason', [newId()], ' '],
    ['a reason left out', [newId()], undefined],
  ])('is refused with %s', async (_, transactions, reason) => {
    const { id } = await executedFile(1);
    await post(id, 'return', { transactions, reason }).expect(400);
  });

  it('is that of a file which exists (404) and was downloaded (409)', async () => {
    await giveBack(newId(), [newId()]).expect(404);
    const day = newDay();
    const [key] = await files.order(day);
    const { body } = await files.accountant.get('/payment-files?limit=100').expect(200);
    const { id } = body.items.find((one: { businessDay: string }) => one.businessDay === day);
    expect((await giveBack(id, [key]).expect(409)).body.type).toBe('payment-file-open');
  });
});
