import { taskDetails } from '../../shared/contracts/calls/board';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { TestCaller } from '../../shared/testing/test-service';
import { startAccount, type AccountUnderTest } from '../testing/account-under-test';

const usd = (amount: string): object => ({ amount, currency: 'USD' });
const accountant: TestCaller = { id: newId(), role: 'accountant' };
const REASON = 'assigned by mistake';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());

interface EntryBody {
  id: string;
  kind: string;
}

/** Returns a person with one fee of 1500 cents, its id, and its task. */
async function charged(): Promise<{ userId: string; feeId: string; taskId: string }> {
  const userId = await account.register(`kesha-${newId().slice(-8)}`);
  const taskId = await account.work({ userId });
  const { items } = await statementOf(userId);
  return { userId, feeId: items[0]!.id, taskId };
}

async function statementOf(userId: string): Promise<{ items: EntryBody[] }> {
  const { body } = await account.client.as({ id: userId }).get('/accounts/me/entries').expect(200);
  return body as { items: EntryBody[] };
}

const reverse = (id: string, caller: TestCaller = accountant) =>
  account.client.as(caller).post(`/entries/${id}/reverse`);

describe('POST /entries/{id}/reverse', () => {
  it('answers with the reversal, as the statement of its holder shows it', async () => {
    const { userId, feeId, taskId } = await charged();
    const { body } = await reverse(feeId).send({ reason: REASON }).expect(201);
    expect(body).toMatchObject({
      kind: 'reversal',
      amount: usd('1500'),
      balanceAfter: usd('0'),
      taskId,
      task: { title: `Task ${taskId}` },
      assignmentNumber: null,
      payoutId: null,
      reversesId: feeId,
    });
    expect((await statementOf(userId)).items[0]).toEqual(body);
  });

  it('a repeated request answers the same, and books once', async () => {
    const { userId, feeId } = await charged();
    const key = newId();
    const again = () => reverse(feeId).set('idempotency-key', key).send({ reason: REASON });
    const first = await again().expect(201);
    const second = await again().expect(201);
    expect(second.body).toEqual(first.body);
    expect((await statementOf(userId)).items).toHaveLength(2);
    const other = reverse(feeId).set('idempotency-key', key).send({ reason: 'another' });
    expect((await other.expect(422)).body).toMatchObject({ type: 'idempotency-key-reused' });
  });

  it('a second correction is a conflict that names the first', async () => {
    const { feeId } = await charged();
    const { body } = await reverse(feeId).send({ reason: REASON }).expect(201);
    const { body: problem } = await reverse(feeId).send({ reason: REASON }).expect(409);
    expect(problem).toMatchObject({
      type: 'already-reversed',
      detail: expect.stringContaining((body as EntryBody).id) as string,
    });
  });

  it('while Board is away: the entry is reversed, without its title', async () => {
    const { feeId } = await charged();
    account.neighbours.answer(taskDetails, () => ({ refuse: 503 }));
    const { body } = await reverse(feeId).send({ reason: REASON }).expect(201);
    expect(body).toMatchObject({ kind: 'reversal', task: null });
  });

  it('is not for one’s own account, an unknown entry, or everybody', async () => {
    const { userId, feeId } = await charged();
    const own = reverse(feeId, { ...accountant, id: userId }).send({ reason: REASON });
    expect((await own.expect(403)).body).toMatchObject({ type: 'own-account' });
    await reverse(newId()).send({ reason: REASON }).expect(404);
    await reverse('1').send({ reason: REASON }).expect(400);
    for (const role of ['employee', 'manager'] as const) {
      await reverse(feeId, { id: newId(), role }).send({ reason: REASON }).expect(403);
    }
    expect((await statementOf(userId)).items).toHaveLength(1);
  });

  it.each([
    {},
    { reason: '' },
    { reason: '\u3164 ' },
    { reason: 'a\0b' },
    { reason: 'x'.repeat(501) },
    { reason: REASON, amount: '1' },
  ])('refuses %j', async (body) => {
    const { userId, feeId } = await charged();
    await reverse(feeId).send(body).expect(400);
    expect((await statementOf(userId)).items).toHaveLength(1);
  });

  it('lists the day’s corrections apart from fees and rewards', async () => {
    const sql = `SELECT sum(amount_cents) FILTER (WHERE kind = 'fee')::bigint AS fees,
      sum(amount_cents) FILTER (WHERE kind = 'reversal')::bigint AS corrections FROM transfers`;
    const [sums] = await query<{ fees: bigint; corrections: bigint }>(account.books.database, sql);
    const { body } = await account.client.as(accountant).get('/business-days').expect(200);
    expect((body as { items: object[] }).items[0]).toMatchObject({
      fees: usd(String(sums!.fees)),
      corrections: usd(String(-sums!.corrections)),
      earned: usd(String(sums!.fees - sums!.corrections)),
    });
  });
});
