import type { Response } from 'supertest';
import { askPrice } from '../shared/contracts/calls/account';
import { taskDetails } from '../shared/contracts/calls/board';
import { activeEmployeeIds, subordinateIds } from '../shared/contracts/calls/user';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { PRICES, startBoard, TASKS_PER_DAY, type BoardUnderTest } from './testing/board-under-test';
import { storeTask, storeTasks, taskOf } from './testing/factories';

let board: BoardUnderTest;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.stop());
beforeEach(() => board.reset());

const employee = { id: newId() };
const assignee = { id: newId() };
const stranger = { id: newId() };
const manager = { id: newId(), role: 'manager' as const };
const dealer = { id: newId(), permissions: ['tasks.distribute' as const] };

const rows = (table: string): Promise<object[]> => query(board.database, `SELECT * FROM ${table}`);
const create = (body: object, by: object = employee): Promise<Response> =>
  board.client.as(by).post('/tasks').send(body);
const cursorOf = (place: object | null): string =>
  `cursor=${Buffer.from(JSON.stringify(place)).toString('base64url')}`;
const idsOf = (response: Response): string[] =>
  (response.body as { items: { id: string }[] }).items.map(({ id }) => id);

/** Outbox without hints. */
const FACTS = `outbox WHERE topic = 'tasks'`;

it('the way of a task: create, distribute, finish, with an event for each step', async () => {
  const { client, database, activeIds } = board;
  const creation = await create({ title: '[UBERPOP-42] - Change the button to green' });
  expect(creation.status).toBe(201);
  expect(creation.headers['etag']).toBe('"1"');
  expect(creation.body).toMatchObject({
    jiraId: 'UBERPOP-42',
    title: 'Change the button to green',
    description: null,
    status: 'open',
    assigneeId: null,
    createdBy: employee.id,
    ...PRICES,
  });
  const { id } = creation.body as { id: string };

  const press = await client.as(manager).post('/distributions').send({ scope: 'unassigned' });
  expect(press.status).toBe(201);
  expect(press.body).toMatchObject({ by: manager.id, taskCount: 1 });
  const { body: dealt } = await client.as(employee).get(`/tasks/${id}`);
  expect(activeIds).toContain(dealt.assigneeId);

  const finish = await client.as({ id: dealt.assigneeId }).post(`/tasks/${id}/finish`);
  expect(finish.status).toBe(200);
  expect(finish.headers['etag']).toBe('"3"');
  expect(finish.body).toMatchObject({ status: 'finished', version: 3 });
  const again = await client.as({ id: dealt.assigneeId }).post(`/tasks/${id}/finish`);
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({ type: 'task-finished' });

  const common = { taskId: id, userId: dealt.assigneeId };
  const { at: assignedAt, id: distributionId } = press.body;
  const { finishedAt } = finish.body;
  expect(await query(database, `SELECT type, subject, data FROM ${FACTS} ORDER BY id`)).toEqual([
    {
      type: 'TaskAssigned.v1',
      subject: id,
      data: { ...common, assignmentNumber: 1, assignedAt, distributionId },
    },
    { type: 'TaskFinished.v1', subject: id, data: { ...common, finishedAt } },
  ]);
});

describe('POST /tasks', () => {
  it('with deal gives the task to an active employee at once, with assignment and event', async () => {
    const { body } = await create({ title: 'Deal me', deal: true }, dealer);
    expect(board.activeIds).toContain(body.assigneeId);
    expect(await rows('assignments')).toMatchObject([
      { task_id: body.id, number: 1, user_id: body.assigneeId, distribution_id: null },
    ]);
    const data = {
      taskId: body.id,
      userId: body.assigneeId,
      assignmentNumber: 1,
      assignedAt: body.createdAt,
      distributionId: null,
    };
    expect(await rows(FACTS)).toMatchObject([{ type: 'TaskAssigned.v1', data }]);
  });

  it('with deal and nobody active creates it unassigned', async () => {
    board.neighbours.answer(activeEmployeeIds, () => ({ ids: [] }));
    const { status, body } = await create({ title: 'Deal me', deal: true }, dealer);
    expect([status, body.assigneeId]).toEqual([201, null]);
    expect(await rows(FACTS)).toEqual([]);
  });

  it.each([
    ['Account', askPrice, { title: 'No price' }],
    ['User', activeEmployeeIds, { title: 'No people', deal: true }],
  ] as const)('without %s is 503 with Retry-After, and there is no task', async (_, call, body) => {
    board.neighbours.answer(call as typeof askPrice, () => ({ refuse: 503 }));
    const response = await create(body, dealer);
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(await rows('tasks')).toEqual([]);
  });

  it('asks for the price of the very id first: people may change, a price does not', async () => {
    const { body } = await create({ title: 'Deal me', deal: true }, dealer);
    expect(board.neighbours.calls).toEqual([
      { path: '/v1.0/invoke/account/method/prices', body: { taskId: body.id } },
      { path: '/v1.0/invoke/user/method/active-employee-ids', body: undefined },
    ]);
  });

  it.each([
    ['an employee', employee],
    ['an accountant', { id: newId(), role: 'accountant' as const }],
    ['somebody who sees all tasks', { id: newId(), permissions: ['tasks.view-all' as const] }],
  ])('with deal by %s is 403: nothing is made and nobody is asked', async (_, who) => {
    const response = await create({ title: 'Deal me', deal: true }, who);
    expect(response.status).toBe(403);
    expect(response.body.detail).toContain('tasks.distribute');
    expect(await rows('tasks')).toEqual([]);
    expect(board.neighbours.calls).toEqual([]);
  });

  it('beyond the limit of a day is 429 with the time it ends; a repeat is answered', async () => {
    const body = { id: newId(), title: 'The first of the day' };
    await create(body);
    const others = Array.from({ length: TASKS_PER_DAY - 1 }, () =>
      taskOf({ createdBy: employee.id }),
    );
    await storeTasks(board.database, others);
    const refused = await create({ title: 'One too many' });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ type: 'too-many-tasks' });
    const [until] = /[\d-]+T[\d:.]+Z/.exec(refused.body.detail as string)!;
    const seconds = (Date.parse(until) - Date.now()) / 1_000;
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(Math.floor(seconds));
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(Math.ceil(seconds) + 60);
    expect((await create(body)).status).toBe(201);
    expect((await create({ title: 'Another person' }, stranger)).status).toBe(201);
  });

  it('asks nobody about a title that is refused', async () => {
    expect((await create({ title: '[A-1] [B-2] two', deal: true }, dealer)).status).toBe(400);
    expect(board.neighbours.calls).toEqual([]);
  });

  it('repeated with its id answers the same and makes nothing new', async () => {
    const body = { id: newId(), title: '[A-1] Once', description: 'only', deal: true };
    const send = (): Promise<Response> => create(body, dealer);
    const answers = await Promise.all([send(), send(), send()]);
    answers.push(await send());
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await rows('assignments')).toHaveLength(1);
    expect(await rows(FACTS)).toHaveLength(1);
  });

  it('repeated with its Idempotency-Key instead of an id does the same', async () => {
    const send = (key: string): Promise<Response> =>
      board.client.as(employee).post('/tasks').set('idempotency-key', key).send({ title: 'Once' });
    const [first, second, other] = [await send('k1'), await send('k1'), await send('k2')];
    expect(second.text).toBe(first.text);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it.each([
    ['another title', dealer, { title: 'Other' }],
    ['another description', dealer, { description: 'other' }],
    ['deal', dealer, { deal: true }],
    ['another person', stranger, {}],
  ])('with the id of a task that came with %s is 409 and shows nothing', async (_, by, other) => {
    const body = { id: newId(), title: 'First', description: 'secret', ...{ deal: false } };
    await create(body, dealer);
    const response = await create({ ...body, ...other }, by);
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ type: 'id-taken' });
    expect(response.text).not.toContain('secret');
    expect(await rows('tasks')).toHaveLength(1);
  });

  it('repeated after the task was edited still answers with it', async () => {
    const body = { id: newId(), title: 'First' };
    await create(body);
    const patch = board.client.as(employee).patch(`/tasks/${body.id}`).set('if-match', '"1"');
    await patch.send({ title: 'Second' });
    expect(await create(body)).toMatchObject({ status: 201, body: { title: 'Second' } });
  });

  it.each([
    ['right to left override', '\u202eeltit'],
    ['line breaks', 'one\r\ntwo'],
    ['a pair of surrogates', 'parrot 🦜'],
    ['blanks inside', 'air   and  air'],
    ['markup', `<script>alert('x')</script>`],
  ])('keeps a title with %s to the letter', async (_, title) => {
    const { body } = await create({ title, description: title });
    const read = await board.client.as(employee).get(`/tasks/${body.id}`);
    expect(read.body).toMatchObject({ title, description: title });
  });

  it('composes texts and takes the blanks around them away', async () => {
    const apart = 'Чай'.normalize('NFD');
    const { body } = await create({ title: `  [${apart}-1] ${apart}\u00a0`, description: apart });
    const composed = apart.normalize('NFC');
    const texts = { title: composed, jiraId: `${composed}-1`, description: composed };
    expect(body).toMatchObject(texts);
    expect(await rows('tasks')).toMatchObject([{ title: composed, description: composed }]);
  });

  it.each([
    ['no title', {}],
    ['an empty title', { title: '' }],
    ['a blank title', { title: ' \u00a0\u200b ' }],
    ['a title of a Hangul filler', { title: '\u3164' }],
    ['a title of a blank of Braille', { title: '\u2800' }],
    ['a title of a filler behind a Jira id', { title: '[A-1] \u3164' }],
    ['a Jira id of a filler', { title: '[\u3164] a' }],
    ['an empty description', { title: 'a', description: '' }],
    ['a description of what nobody sees', { title: 'a', description: '\u2800\n\u3164' }],
    ['a bracket left over', { title: '[A-1] and ]' }],
    ['NUL', { title: 'a\0b' }],
    ['NUL in the description', { title: 'a', description: '\0' }],
    ['a lone surrogate', { title: 'a\ud800' }],
    ['a long title', { title: 'a'.repeat(251) }],
    ['a long description', { title: 'a', description: 'a'.repeat(10_001) }],
    ['a number for a title', { title: 42 }],
    ['a string for deal', { title: 'a', deal: 'true' }],
    ['an assignee', { title: 'a', assigneeId: newId() }],
    ['a price', { title: 'a', price: { amount: '1', currency: 'USD' } }],
    ['an upper case id', { title: 'a', id: newId().toUpperCase() }],
    ['an id in braces', { title: 'a', id: `{${newId()}}` }],
    ['a list', [{ title: 'a' }]],
  ])('with %s is 400 and makes nothing', async (_, body) => {
    const response = await create(body);
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(await rows('tasks')).toEqual([]);
  });

  it.each([
    ['__proto__', '{"title":"a","__proto__":{"deal":true}}', 400],
    ['a key twice', '{"title":"a","title":"b"}', 400],
    ['10 MB', JSON.stringify({ title: 'a'.repeat(10_000_000) }), 413],
    ['no JSON', '{', 400],
    ['null', 'null', 400],
  ])('with a body of %s is refused', async (_, text, status) => {
    const post = board.client.as(employee).post('/tasks').set('content-type', 'application/json');
    expect((await post.send(text)).status).toBe(status);
    expect(await rows('tasks')).toEqual([]);
  });
});

describe('whose task it is', () => {
  const people = {
    assignee,
    creator: employee,
    stranger,
    manager,
    admin: { id: newId(), role: 'admin' as const },
    accountant: { id: newId(), role: 'accountant' as const },
    auditor: { id: newId(), permissions: ['tasks.view-all' as const] },
    'team lead': { id: newId() },
  };
  type Name = keyof typeof people;
  const request = {
    read: (who: Name, id: string) => board.client.as(people[who]).get(`/tasks/${id}`),
    assignments: (who: Name, id: string) =>
      board.client.as(people[who]).get(`/tasks/${id}/assignments`),
    edit: (who: Name, id: string) =>
      board.client.as(people[who]).patch(`/tasks/${id}`).set('if-match', '"1"').send({}),
    cancel: (who: Name, id: string) => board.client.as(people[who]).post(`/tasks/${id}/cancel`),
    finish: (who: Name, id: string) => board.client.as(people[who]).post(`/tasks/${id}/finish`),
  };
  /** Statuses of: read, assignments, edit, cancel, finish. */
  const rules: [Name, dealt: number[], fresh: number[]][] = [
    ['assignee', [200, 200, 403, 403, 200], [404, 404, 404, 404, 404]],
    ['creator', [200, 200, 403, 403, 404], [200, 200, 200, 200, 404]],
    ['manager', [200, 200, 200, 200, 404], [200, 200, 200, 200, 404]],
    ['admin', [200, 200, 200, 200, 404], [200, 200, 200, 200, 404]],
    ['auditor', [200, 200, 403, 403, 404], [200, 200, 403, 403, 404]],
    ['team lead', [200, 200, 404, 404, 404], [404, 404, 404, 404, 404]],
    ['accountant', [404, 404, 404, 404, 404], [404, 404, 404, 404, 404]],
    ['stranger', [404, 404, 404, 404, 404], [404, 404, 404, 404, 404]],
  ];
  const deeds = Object.keys(request) as (keyof typeof request)[];
  const cases = rules.flatMap(([who, dealt, fresh]) =>
    deeds.flatMap((deed, index) => [
      [who, deed, 'that was dealt', dealt[index]!] as const,
      [who, deed, 'that was never dealt', fresh[index]!] as const,
    ]),
  );

  it.each(cases)('%s may %s a task %s: %s', async (who, deed, state, status) => {
    board.neighbours.answer(subordinateIds, ({ params }) => ({
      ids: params['id'] === people['team lead'].id ? [assignee.id] : [],
    }));
    const assigneeId = state === 'that was dealt' ? assignee.id : null;
    const task = await storeTask(board.database, { assigneeId, createdBy: employee.id });
    const response = await request[deed](who, task.id);
    expect(response.status).toBe(status);
    if (status === 404) expect(response.text).not.toContain(task.title);
  });

  it.each(deeds)('to %s a task that does not exist is 404 for everybody', async (deed) => {
    for (const who of ['stranger', 'manager'] as const) {
      expect((await request[deed](who, newId())).status).toBe(404);
    }
  });

  it.each(deeds)('to %s a task by an id in another form is 400', async (deed) => {
    expect((await request[deed]('manager', newId().toUpperCase())).status).toBe(400);
  });

  it('User is asked only when nothing else decides, and its absence is said', async () => {
    const task = await storeTask(board.database, { assigneeId: assignee.id });
    board.neighbours.answer(subordinateIds, () => ({ refuse: 503 }));
    expect((await request.read('assignee', task.id)).status).toBe(200);
    expect((await request.read('manager', task.id)).status).toBe(200);
    expect(board.neighbours.calls).toEqual([]);
    expect((await request.read('team lead', task.id)).status).toBe(503);
  });
});

describe('PATCH /tasks/{id}', () => {
  const patch = (id: string, version: string | null, body: object): Promise<Response> => {
    const sent = board.client.as(employee).patch(`/tasks/${id}`);
    return (version === null ? sent : sent.set('if-match', version)).send(body);
  };

  it('changes what is named, keeps what is missing, empties what is null', async () => {
    const { body: task } = await create({ title: '[A-1] Old', description: 'text' });
    const renamed = await patch(task.id, '"1"', { title: 'New' });
    expect(renamed.headers['etag']).toBe('"2"');
    expect(renamed.body).toEqual({ ...task, title: 'New', jiraId: null, version: 2 });
    const emptied = await patch(task.id, '"2"', { description: null });
    expect(emptied.body).toEqual({ ...renamed.body, description: null, version: 3 });
  });

  it.each([
    ['without If-Match', null, 428],
    ['with an old version', '"7"', 412],
    ['with a weak ETag', 'W/"1"', 412],
    ['with something else', '1', 400],
  ])('%s is refused and changes nothing', async (_, version, status) => {
    const { id } = await storeTask(board.database, { createdBy: employee.id });
    expect((await patch(id, version, { title: 'New' })).status).toBe(status);
    expect(await rows('tasks')).toMatchObject([{ version: 1 }]);
  });

  it.each([
    [{ title: null }],
    [{ title: '[A-1] ]' }],
    [{ title: '\u3164' }],
    [{ description: '\u2800' }],
    [{ status: 'finished' }],
    [{ price: PRICES.price }],
    [{ assigneeId: newId() }],
  ])('with %j is 400', async (body) => {
    const { id } = await storeTask(board.database, { createdBy: employee.id });
    expect((await patch(id, '"1"', body)).status).toBe(400);
  });

  it.each(['finished', 'cancelled'] as const)('of a %s task is 409', async (status) => {
    const task = await storeTask(board.database, { status, assigneeId: assignee.id });
    const sent = board.client.as(manager).patch(`/tasks/${task.id}`).set('if-match', '"1"');
    expect((await sent.send({ title: 'New' })).body).toMatchObject({ type: `task-${status}` });
  });

  it('of ten at once with the same version, one wins', async () => {
    const { id } = await storeTask(board.database, { createdBy: employee.id });
    const sent = Array.from({ length: 10 }, (_, at) => patch(id, '"1"', { title: `No ${at}` }));
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(412)]);
  });
});

describe('closing a task', () => {
  it.each([
    ['finish', 'finished'],
    ['finish', 'cancelled'],
    ['cancel', 'finished'],
    ['cancel', 'cancelled'],
  ] as const)('%s of a %s one is 409 that says so', async (deed, status) => {
    const task = await storeTask(board.database, { status, assigneeId: manager.id });
    const response = await board.client.as(manager).post(`/tasks/${task.id}/${deed}`);
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ type: `task-${status}` });
  });

  it('cancel publishes no fact: the fee stays paid', async () => {
    const task = await storeTask(board.database, { assigneeId: assignee.id });
    const { body } = await board.client.as(manager).post(`/tasks/${task.id}/cancel`);
    expect(body).toMatchObject({ status: 'cancelled', assigneeId: assignee.id, version: 2 });
    expect(await rows(FACTS)).toEqual([]);
  });

  it('a distribution takes it away: its former assignee gets 404', async () => {
    const { body } = await create({ title: 'Moving', deal: true }, dealer);
    const next = newId();
    board.neighbours.answer(activeEmployeeIds, () => ({ ids: [next] }));
    await board.client.as(manager).post('/distributions').send({ scope: 'open' });
    const finish = (id: string): Promise<Response> =>
      board.client.as({ id }).post(`/tasks/${body.id}/finish`);
    expect((await finish(body.assigneeId)).status).toBe(404);
    expect((await finish(next)).status).toBe(200);
  });

  it('takes no body', async () => {
    const task = await storeTask(board.database, { assigneeId: assignee.id });
    const finish = board.client.as(assignee).post(`/tasks/${task.id}/finish`);
    expect((await finish.send({ reward: 1 })).status).toBe(400);
  });
});

describe('GET /tasks', () => {
  const list = (who: object, search = ''): Promise<Response> =>
    board.client.as(who).get(`/tasks${search}`);
  const minute = (number: number): Date => new Date(Date.UTC(2026, 2, 2, 9, number));

  it('shows each view its tasks, newest first', async () => {
    const store = (number: number, changes: object): Promise<{ id: string }> =>
      storeTask(board.database, { createdAt: minute(number), ...changes });
    const created = await store(1, { createdBy: assignee.id });
    const mine = await store(2, { assigneeId: assignee.id });
    const other = await store(3, { assigneeId: stranger.id });
    board.neighbours.answer(subordinateIds, () => ({ ids: [stranger.id] }));

    expect(idsOf(await list(assignee))).toEqual([mine.id]);
    expect(idsOf(await list(assignee, '?view=mine'))).toEqual([mine.id]);
    expect(idsOf(await list(assignee, '?view=created'))).toEqual([created.id]);
    expect(idsOf(await list(assignee, '?view=subordinates'))).toEqual([other.id]);
    expect(idsOf(await list(manager, '?view=all'))).toEqual([other.id, mine.id, created.id]);
    expect((await list(assignee, '?view=all')).status).toBe(403);
  });

  it('narrows by status, assignee and text', async () => {
    const open = await storeTask(board.database, { title: 'Fly 100%', jiraId: 'SKY-1' });
    const done = await storeTask(board.database, { status: 'finished', assigneeId: assignee.id });
    const found = async (search: string): Promise<string[]> =>
      idsOf(await list(manager, `?view=all&${search}`));
    expect(await found('status=finished')).toEqual([done.id]);
    expect(await found(`assignee=${assignee.id}`)).toEqual([done.id]);
    expect(await found('q=fly')).toEqual([open.id]);
    expect(await found('q=sky-1')).toEqual([open.id]);
    expect(await found(`q=${encodeURIComponent('100%')}`)).toEqual([open.id]);
    expect(await found(`q=${encodeURIComponent('f%y')}`)).toEqual([]);
    expect(await found(`q=${encodeURIComponent(`'; DROP TABLE tasks --`)}`)).toEqual([]);
  });

  it('pages through everything once, also tasks of the same moment', async () => {
    const expected = new Set<string>();
    for (let number = 0; number < 7; number += 1) {
      const task = await storeTask(board.database, { createdAt: minute(number < 4 ? 0 : 1) });
      expected.add(task.id);
    }
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page = await list(manager, `?view=all&limit=3${cursor}`);
      seen.push(...idsOf(page));
      next = page.body.next;
    }
    expect(seen).toHaveLength(expected.size);
    expect(new Set(seen)).toEqual(expected);
  });

  it.each([
    'view=everything',
    'status=paused',
    'assignee=me',
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1.5',
    'limit=1e2',
    'limit=NaN',
    'limit=10&limit=20',
    'q=%00',
    'unknown=1',
    'cursor=garbage',
    cursorOf({ createdAt: 'now', id: '1' }),
    cursorOf(null),
    cursorOf({ createdAt: '0000-01-01T00:00:00Z', id: newId() }),
    cursorOf({ createdAt: `2026-01-01T00:00:00.${'0'.repeat(150)}Z`, id: newId() }),
  ])('with ?%s is 400', async (search) => {
    expect((await list(manager, `?${search}`)).status).toBe(400);
  });

  it('of subordinates without User is 503; the other views do without it', async () => {
    board.neighbours.answer(subordinateIds, () => ({ refuse: 503 }));
    expect((await list(manager, '?view=subordinates')).status).toBe(503);
    expect((await list(manager, '?view=all')).status).toBe(200);
  });
});

it('GET /tasks/{id}/assignments tells who had the task when, latest first, in pages', async () => {
  const { body: task } = await create({ title: 'Moving', deal: true }, dealer);
  const press = (): Promise<Response> =>
    board.client.as(manager).post('/distributions').send({ scope: 'open' });
  const second = await press();
  const third = await press();
  const read = (search: string): Promise<Response> =>
    board.client.as(manager).get(`/tasks/${task.id}/assignments${search}`);
  const first = await read('?limit=2');
  expect(first.body.items).toMatchObject([
    { number: 3, distributionId: third.body.id, assignedAt: third.body.at },
    { number: 2, distributionId: second.body.id },
  ]);
  const rest = await read(`?limit=2&cursor=${first.body.next}`);
  expect(rest.body).toEqual({
    items: [
      {
        number: 1,
        userId: task.assigneeId,
        distributionId: null,
        assignedAt: task.createdAt,
      },
    ],
    next: null,
  });
});

it.each([{ number: 0 }, { number: 2 ** 31 }, { number: 1.5 }, { number: '1' }, {}])(
  'GET /tasks/{id}/assignments from behind a forged %j is 400',
  async (place) => {
    const { body: task } = await create({ title: 'Moving' });
    const path = `/tasks/${task.id}/assignments?${cursorOf(place)}`;
    expect((await board.client.as(manager).get(path)).status).toBe(400);
  },
);

describe('distribution', () => {
  const press = (body: object, by: object = manager): Promise<Response> =>
    board.client.as(by).post('/distributions').send(body);
  const preview = (scope: string): Promise<Response> =>
    board.client.as(manager).get(`/distributions/preview?scope=${scope}`);

  it('preview says what would happen and changes nothing', async () => {
    const [someone] = board.activeIds;
    await storeTask(board.database, { feeCents: 1000n, createdBy: employee.id });
    const ofStranger = { createdBy: stranger.id };
    await storeTask(board.database, { ...ofStranger, feeCents: 1500n, assigneeId: stranger.id });
    await storeTask(board.database, { ...ofStranger, feeCents: 2000n, assigneeId: someone! });
    await storeTask(board.database, { feeCents: 9999n, status: 'cancelled' });
    const before = await rows('tasks');
    const share = (taskCount: number): object[] =>
      board.activeIds.map((userId) => ({ userId, taskCount }));
    expect((await preview('unassigned')).body).toEqual({
      scope: 'unassigned',
      taskCount: 2,
      fees: { amount: '2500', currency: 'USD' },
      last: null,
      people: share(0.67),
      creators: [
        { userId: employee.id, taskCount: 1 },
        { userId: stranger.id, taskCount: 1 },
      ].sort((a, b) => (a.userId < b.userId ? -1 : 1)),
    });
    expect((await preview('open')).body).toEqual({
      scope: 'open',
      taskCount: 3,
      fees: { amount: '4500', currency: 'USD' },
      last: null,
      people: share(1),
      creators: [
        { userId: stranger.id, taskCount: 2 },
        { userId: employee.id, taskCount: 1 },
      ],
    });
    expect(await rows('tasks')).toEqual(before);
    expect(await rows('outbox')).toEqual([]);
  });

  it('without User is 503 and nothing is done; so is its preview', async () => {
    await storeTask(board.database);
    board.neighbours.answer(activeEmployeeIds, () => ({ refuse: 500 }));
    expect((await preview('open')).status).toBe(503);
    expect((await press({ scope: 'open' })).status).toBe(503);
    expect(await rows('tasks')).toMatchObject([{ assignee_id: null }]);
    expect(await rows('distributions')).toEqual([]);
  });

  it('with nobody active is 409, and its preview names nobody', async () => {
    await storeTask(board.database);
    board.neighbours.answer(activeEmployeeIds, () => ({ ids: [] }));
    expect((await preview('open')).body).toMatchObject({ taskCount: 1, people: [] });
    const response = await press({ scope: 'open' });
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ type: 'nobody-active' });
    expect(await rows('distributions')).toEqual([]);
  });

  it('repeated by id or Idempotency-Key answers the same and deals once', async () => {
    await storeTask(board.database);
    const body = { id: newId(), scope: 'open', after: null };
    const [first, second] = [await press(body), await press(body)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    const send = (): Promise<Response> =>
      board.client.as(manager).post('/distributions').set('idempotency-key', 'k').send({
        scope: 'open',
      });
    expect((await send()).text).toBe((await send()).text);
    expect(await rows('assignments')).toHaveLength(2);
  });

  it('after one that was overtaken is 409 naming who and when', async () => {
    const first = await press({ scope: 'open' });
    const second = await press({ scope: 'open' }, { id: newId(), role: 'admin' });
    const late = await press({ scope: 'open', after: first.body.id });
    expect(late.status).toBe(409);
    const { id, by, at } = second.body;
    expect(late.body).toMatchObject({ type: 'distributed-meanwhile', last: { id, by, at } });
    expect(late.body.detail).toContain(second.body.by);
    expect(late.body.detail).toContain(second.body.at);
    expect((await press({ scope: 'open', after: second.body.id })).status).toBe(201);
    expect((await press({ scope: 'open', after: null })).status).toBe(409);
    const { body: unknown } = await press({ scope: 'open', after: newId() });
    expect(unknown).toMatchObject({ status: 409, type: 'distributed-meanwhile' });
  });

  it('is listed with its result, latest first, in pages', async () => {
    const all = [await press({ scope: 'open' }), await press({ scope: 'unassigned' })];
    const [older, newer] = all.map(({ body }) => body as object);
    const read = (search: string): Promise<Response> =>
      board.client.as(manager).get(`/distributions${search}`);
    expect((await read('')).body).toEqual({ items: [newer, older], next: null });
    const page = await read('?limit=1');
    expect(page.body.items).toEqual([newer]);
    expect((await read(`?limit=1&cursor=${page.body.next}`)).body.items).toEqual([older]);
  });

  it.each([
    ['get', '/distributions'],
    ['get', '/distributions/preview?scope=open'],
    ['post', '/distributions'],
  ] as const)('%s %s is 403 without tasks.distribute', async (method, path) => {
    const viewer = { id: newId(), permissions: ['tasks.view-all' as const] };
    for (const who of [employee, viewer, { role: 'accountant' as const }]) {
      expect((await board.client.as(who)[method](path)).status).toBe(403);
    }
  });

  it.each([
    [{}],
    [{ scope: 'all' }],
    [{ scope: 'open', after: 'x' }],
    [{ scope: 'open', to: 'me' }],
  ])('with %j is 400', async (body) => {
    expect((await press(body)).status).toBe(400);
  });
});

describe('POST /task-details', () => {
  it('gives Account the texts of the tasks that exist', async () => {
    const task = await storeTask(board.database, { jiraId: 'A-1' });
    const ask = board.client.service('account').post('/task-details');
    const { status, body } = await ask.send({ taskIds: [task.id, newId()] });
    expect(status).toBe(200);
    expect(taskDetails.response.parse(body)).toEqual({
      tasks: [{ id: task.id, title: task.title, jiraId: 'A-1' }],
    });
  });

  it('does not exist for other services and for people', async () => {
    for (const who of [board.client.service('user'), board.client.as(manager)]) {
      expect((await who.post('/task-details').send({ taskIds: [] })).status).toBe(404);
    }
  });

  it('takes a page at most', async () => {
    const taskIds = Array.from({ length: 101 }, () => newId());
    const ask = board.client.service('account').post('/task-details');
    expect((await ask.send({ taskIds })).status).toBe(400);
  });
});

it.each([
  ['get', '/tasks'],
  ['post', '/tasks'],
  ['get', `/tasks/${newId()}`],
  ['patch', `/tasks/${newId()}`],
  ['post', `/tasks/${newId()}/finish`],
  ['post', `/tasks/${newId()}/cancel`],
  ['get', `/tasks/${newId()}/assignments`],
  ['get', '/distributions'],
  ['get', '/distributions/preview'],
  ['post', '/distributions'],
] as const)('%s %s without a token is 401', async (method, path) => {
  expect((await board.client.anonymous()[method](path)).status).toBe(401);
});
