import { startOperated, type OperatedUnderTest } from '../../../test/support/operated-service';
import { taskAssigned } from '../contracts/events/tasks';
import { userCreated } from '../contracts/events/users';
import { query } from '../db/data-source';
import { DEAD_LETTERS_PATH } from '../http/events-routes';
import { newId } from '../kernel/ids';
import { cloudEventOf } from '../testing/cloud-events';
import { TEST_APP_TOKEN } from '../testing/test-service';

const operator = { id: newId(), role: 'admin' as const };
const PATH = '/operations/tester/dead-letters';

let service: OperatedUnderTest;
beforeAll(async () => {
  service = await startOperated();
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.refuse(() => []);
  for (const table of ['effects', 'dead_letters']) {
    await query(service.app.database!, `DELETE FROM ${table}`);
  }
});

const assigned = (assignmentNumber: number, id = newId()): object =>
  cloudEventOf(taskAssigned, { ...taskAssigned.example, assignmentNumber }, id);
const list = async (search = ''): Promise<Record<string, unknown>[]> =>
  (await service.client.as(operator).get(`${PATH}${search}`).expect(200)).body.items as never;
const act = (id: unknown, deed: string, body?: object) =>
  service.client
    .as(operator)
    .post(`${PATH}/${String(id)}/${deed}`)
    .send(body);
const auditOf = (subject: unknown): Promise<{ action: string; actor_id: string }[]> =>
  query(
    service.app.database!,
    'SELECT action, actor_id, details FROM audit_log WHERE subject = $1 ORDER BY id',
    [subject],
  );

/** Delivers to the dead-letter topic, as the broker does with events whose retries are used up. */
const useUp = (...events: unknown[]) =>
  service.client
    .anonymous()
    .post(DEAD_LETTERS_PATH)
    .set({ 'dapr-api-token': TEST_APP_TOKEN })
    .send({ entries: events.map((event, index) => ({ entryId: String(index), event })) })
    .expect(200);

async function refusedLetter(number = 1): Promise<Record<string, unknown>> {
  service.refuse((_, eventId) => [{ eventId, verdict: 'reject', reason: 'the ledger says no' }]);
  await service.client.deliver('tasks', [assigned(number)]).expect(200);
  const [letter] = await list('?state=open');
  return letter!;
}

describe('a dead letter that the handler refused', () => {
  it('is listed with its reason and without its payload', async () => {
    const letter = await refusedLetter();
    expect(letter).toMatchObject({
      topic: 'tasks',
      type: 'TaskAssigned.v1',
      error: 'the ledger says no',
      timesSeen: 1,
      state: 'open',
      replayable: true,
    });
    expect(letter).not.toHaveProperty('payload');
  });

  it('has its effect when the cause is gone, once, with one audit row', async () => {
    const { id } = await refusedLetter(7);
    service.refuse(() => []);
    const answers = await Promise.all([1, 2, 3].map(() => act(id, 'replay')));
    for (const { status, body } of answers) {
      if (status === 409) expect(body.type).toBe('already-resolved');
      else expect(body).toMatchObject({ outcome: 'done', deadLetter: { state: 'replayed' } });
    }
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(await service.effects()).toEqual([7]);
    expect(await auditOf(id)).toMatchObject([
      { action: 'dead-letter.replayed', actor_id: operator.id },
    ]);
    await act(id, 'replay').expect(409);
  });

  it('stays open with the new error when it is refused again', async () => {
    const { id } = await refusedLetter();
    service.refuse((_, eventId) => [{ eventId, verdict: 'reject', reason: 'still no' }]);
    const { body } = await act(id, 'replay').expect(200);
    expect(body).toMatchObject({
      outcome: 'refused',
      deadLetter: { state: 'open', error: 'still no', timesSeen: 2 },
    });
    expect(await auditOf(id)).toEqual([]);
  });

  it('stays open when a dependency is away', async () => {
    const { id } = await refusedLetter();
    service.refuse((_, eventId) => [{ eventId, verdict: 'retry', reason: 'away' }]);
    expect((await act(id, 'replay').expect(200)).body).toMatchObject({
      outcome: 'retry-later',
      deadLetter: { state: 'open' },
    });
  });

  it('is discarded with a reason, once; a replay is 409 then', async () => {
    const { id } = await refusedLetter();
    await act(id, 'discard', {}).expect(400);
    const { body } = await act(id, 'discard', { reason: 'a test event' }).expect(200);
    expect(body).toMatchObject({
      state: 'discarded',
      resolvedBy: operator.id,
      resolvedReason: 'a test event',
    });
    expect((await act(id, 'discard', { reason: 'again' }).expect(409)).body.type).toBe(
      'already-resolved',
    );
    expect((await act(id, 'replay').expect(409)).body.type).toBe('already-resolved');
    expect(await auditOf(id)).toMatchObject([
      { action: 'dead-letter.discarded', details: { reason: 'a test event' } },
    ]);
    expect(await list('?state=open')).toEqual([]);
  });
});

describe('a dead letter whose retries were used up', () => {
  it('is replayed from its own topic', async () => {
    await useUp(assigned(5));
    const [letter] = await list();
    expect(letter).toMatchObject({ error: 'retries used up', topic: 'tasks', replayable: true });
    expect((await act(letter!['id'], 'replay').expect(200)).body.outcome).toBe('done');
    expect(await service.effects()).toEqual([5]);
  });

  it('had its effect already: the replay only resolves it', async () => {
    const event = assigned(6);
    await service.client.deliver('tasks', [event]).expect(200);
    await useUp(event);
    const [letter] = await list();
    expect((await act(letter!['id'], 'replay').expect(200)).body.outcome).toBe('done');
    expect(await service.effects()).toEqual([6]);
  });

  it('is not replayable without a handler', async () => {
    await useUp(cloudEventOf(userCreated, userCreated.example));
    const [letter] = await list();
    expect(letter).toMatchObject({ replayable: { not: 'unknown-type' } });
    expect((await act(letter!['id'], 'replay').expect(409)).body.type).toBe('not-replayable');
  });
});

describe('an unreadable dead letter', () => {
  const wild = [
    { id: 'no uuid', text: 'NUL \0, half \ud800 a character, emoji 🦜' },
    { nested: JSON.parse('{"__proto__": {"a": 1}}'), long: 'x'.repeat(3_000_000) },
    'a text',
    null,
    [1, 2.5, -0.1, 1e21],
  ];

  it.each(wild.map((event, index) => [index, event]))(
    'number %d comes back whole, and is not replayable',
    async (_, event) => {
      await useUp(event);
      const [letter] = await list();
      expect(letter).toMatchObject({ eventId: null, replayable: { not: 'unreadable' } });
      const { body } = await service.client
        .as(operator)
        .get(`${PATH}/${String(letter!['id'])}`)
        .expect(200);
      expect(body.payload).toBe(JSON.stringify(event));
      expect((await act(letter!['id'], 'replay').expect(409)).body.type).toBe('not-replayable');
    },
  );
});

describe('all dead letters of a type', () => {
  it('are replayed; refused ones are counted and left', async () => {
    service.refuse((_, eventId) => [{ eventId, verdict: 'reject', reason: 'no' }]);
    await service.client
      .deliver(
        'tasks',
        [1, 2, 3].map((number) => assigned(number)),
      )
      .expect(200);
    service.refuse(({ assignmentNumber }, eventId) =>
      assignmentNumber === 2 ? [{ eventId, verdict: 'reject', reason: 'still' }] : [],
    );
    const all = service.client.as(operator);
    const { body } = await all.post(`${PATH}/replay`).send({ type: 'TaskAssigned.v1' }).expect(200);
    expect(body).toEqual({ done: 2, refused: 1, retryLater: 0, left: 1 });
    expect(await service.effects()).toEqual([1, 3]);
  });

  it('are a part of them per call, those not tried for longest first', async () => {
    service.refuse((_, eventId) => [{ eventId, verdict: 'reject', reason: 'no' }]);
    const numbers = Array.from({ length: 120 }, (_, index) => 100 + index);
    await service.client
      .deliver(
        'tasks',
        numbers.map((number) => assigned(number)),
      )
      .expect(200);
    const replay = async (): Promise<object> =>
      (await service.client.as(operator).post(`${PATH}/replay`).send({ type: 'TaskAssigned.v1' }))
        .body as object;
    expect(await replay()).toEqual({ done: 0, refused: 100, retryLater: 0, left: 120 });
    service.refuse(() => []);
    expect(await replay()).toEqual({ done: 100, refused: 0, retryLater: 0, left: 20 });
    expect(await service.effects()).toEqual(expect.arrayContaining(numbers.slice(100)));
  });

  it('are 409 for a type that nobody handles, nothing for a type without dead letters', async () => {
    await useUp(cloudEventOf(userCreated, userCreated.example));
    const replay = (type: string) =>
      service.client.as(operator).post(`${PATH}/replay`).send({ type });
    expect((await replay('UserCreated.v1').expect(409)).body.type).toBe('not-replayable');
    expect((await replay('Nothing.v1').expect(200)).body).toMatchObject({ done: 0, left: 0 });
  });
});

describe('the list', () => {
  it('pages newest first and filters', async () => {
    await useUp(assigned(1), assigned(2), cloudEventOf(userCreated, userCreated.example));
    const first = await service.client.as(operator).get(`${PATH}?limit=2`).expect(200);
    expect(first.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'UserCreated.v1',
      'TaskAssigned.v1',
    ]);
    const rest = await list(`?limit=2&cursor=${first.body.next as string}`);
    expect(rest).toHaveLength(1);
    expect(await list('?type=TaskAssigned.v1')).toHaveLength(2);
    expect(await list('?state=replayed')).toEqual([]);
    expect(await list(`?from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
  });

  it('is for operators, under the own name only', async () => {
    await service.client.as({ role: 'accountant' }).get(PATH).expect(403);
    await service.client.as(operator).get('/operations/other/dead-letters').expect(404);
    await service.client.as(operator).get(`${PATH}/${newId()}`).expect(404);
    await service.client.as(operator).get(`${PATH}?cursor=forged`).expect(400);
  });
});
