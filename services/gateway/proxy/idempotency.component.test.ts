import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { tokenFor } from '../../shared/testing/test-service';
import {
  answerOk,
  startGateway,
  type GatewayUnderTest,
  type ServiceAnswer,
} from '../testing/gateway-under-test';

let gateway: GatewayUnderTest;
const caller = { id: newId() };

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  gateway.answerWith(answerOk);
});

interface Keyed {
  path?: string;
  body?: object;
  as?: { id: string };
}

function post(key: string, { path = '/tasks', body = { a: 1 }, as = caller }: Keyed = {}) {
  return gateway.client
    .post(`/api/v1${path}`)
    .set({ authorization: `Bearer ${tokenFor(as)}`, 'idempotency-key': key })
    .send(body);
}

/** Answers with the status, and another body each time. */
function counting(status: number): ServiceAnswer {
  let count = 0;
  return (_, response) => {
    count += 1;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response
      .writeHead(status, { 'content-type': type, etag: `"${count}"` })
      .end(`{"count":${count}}`);
  };
}

describe('the same Idempotency-Key', () => {
  it.each([200, 201, 202, 400, 410, 412, 422])(
    'and body gives the first answer again when that was %i',
    async (status) => {
      gateway.answerWith(counting(status));
      const key = newId();
      const first = await post(key);
      const second = await post(key);
      expect(first.status).toBe(status);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      expect(second.status).toBe(status);
      expect(second.headers['idempotency-replayed']).toBe('true');
      expect(second.text).toBe(first.text);
      expect(second.headers['etag']).toBe('"1"');
      expect(second.headers['content-type']).toBe(first.headers['content-type']);
      expect(gateway.seen).toHaveLength(1);
      expect(gateway.seen[0]!.headers['idempotency-key']).toBe(key);
    },
  );

  it.each([401, 403, 404, 408, 409, 429, 500, 503])(
    'asks again when the first answer was %i',
    async (status) => {
      gateway.answerWith(counting(status));
      const key = newId();
      await post(key);
      const second = await post(key);
      expect(second.status).toBe(status);
      expect(second.body).toEqual({ count: 2 });
      expect(gateway.seen).toHaveLength(2);
    },
  );

  it('asks again when the service could not be reached', async () => {
    gateway.answerWith((_, response) => void response.destroy());
    const key = newId();
    expect((await post(key)).status).toBe(503);
    gateway.answerWith(answerOk);
    expect((await post(key)).status).toBe(200);
  });

  it('with another body, or another query, is 422', async () => {
    const key = newId();
    await post(key);
    const other = await post(key, { body: { a: 2 } });
    expect(other.status).toBe(422);
    expect(other.body.type).toBe('idempotency-key-reused');
    expect((await post(key, { path: '/tasks?dryRun=true' })).status).toBe(422);
    expect(gateway.seen).toHaveLength(1);
  });

  it('is 409 while the first request is running', async () => {
    let finish = (): void => undefined;
    gateway.answerWith((request, response) => {
      finish = () => answerOk(request, response);
    });
    const key = newId();
    const first = post(key).then((answer) => answer);
    await eventually('the service to be asked', () => gateway.seen.length === 1);
    const second = await post(key);
    expect(second.status).toBe(409);
    expect(second.body.type).toBe('still-running');
    finish();
    expect((await first).status).toBe(200);
    expect((await post(key)).headers['idempotency-replayed']).toBe('true');
    expect(gateway.seen).toHaveLength(1);
  });

  it('of another person or on another path is another key', async () => {
    const key = newId();
    await post(key);
    expect((await post(key, { as: { id: newId() } })).status).toBe(200);
    expect((await post(key, { path: `/tasks/${newId()}/finish` })).status).toBe(200);
    expect(gateway.seen).toHaveLength(3);
  });

  describe('of strangers', () => {
    const signUp = (key: string, body: object, query = '') =>
      gateway.client.post(`/api/v1/sign-up${query}`).set('idempotency-key', key).send(body);

    it('is one key for whoever sends the same', async () => {
      const key = newId();
      await signUp(key, { a: 1 });
      expect((await signUp(key, { a: 1 })).headers['idempotency-replayed']).toBe('true');
      expect(gateway.seen).toHaveLength(1);
    });

    it('is another key for whoever sends something else: they never meet', async () => {
      gateway.answerWith(counting(201));
      const key = newId();
      const answers = [
        await signUp(key, { nickname: 'kesha' }),
        await signUp(key, { nickname: 'gosha' }),
        await signUp(key, { nickname: 'kesha' }, '?a=1'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(answers.map(({ body }) => (body as { count: number }).count)).toEqual([1, 2, 3]);
      expect((await signUp(key, { nickname: 'gosha' })).body).toEqual({ count: 2 });
    });
  });

  it('is free again for a request whose record ran out, whatever became of the first', async () => {
    const release: (() => void)[] = [];
    gateway.answerWith((_, response) => {
      const count = release.length + 1;
      release.push(() => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"count":${count}}`);
      });
    });
    const key = newId();
    const first = post(key).then((answer) => answer);
    await eventually('the service to be asked', () => release.length === 1);
    for (const name of gateway.neighbours.state.keys()) gateway.neighbours.state.delete(name);
    const second = post(key, { body: { a: 2 } }).then((answer) => answer);
    await eventually('the service to be asked again', () => release.length === 2);
    release[0]!();
    expect((await first).body).toEqual({ count: 1 });
    release[1]!();
    expect((await second).body).toEqual({ count: 2 });
    const again = await post(key, { body: { a: 2 } });
    expect(again.body).toEqual({ count: 2 });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('is the first one’s although the answer to its record was lost', async () => {
    let isLost = false;
    gateway.neighbours.losesStateAnswer = ({ method }) => {
      const loses = !isLost && method === 'POST';
      isLost ||= loses;
      return loses;
    };
    const key = newId();
    expect((await post(key)).status).toBe(200);
    expect(isLost).toBe(true);
    expect((await post(key)).headers['idempotency-replayed']).toBe('true');
  });
});

describe('an Idempotency-Key', () => {
  it('of 255 characters is taken, a longer one is 400', async () => {
    expect((await post('k'.repeat(255))).status).toBe(200);
    const longer = await post('k'.repeat(256));
    expect(longer.status).toBe(400);
    expect(gateway.seen).toHaveLength(1);
  });

  it('means nothing where tokens are given', async () => {
    gateway.answerWith(counting(200));
    const logIn = () =>
      gateway.client.post('/api/v1/tokens').set('idempotency-key', 'k').send({ login: 'kesha' });
    await logIn();
    expect((await logIn()).body).toEqual({ count: 2 });
  });

  it('lets the request go on while the state store is away', async () => {
    const alone = await startGateway();
    alone.neighbours.takeOver(/^\/v1\.0\/state\//, (_, response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"errorCode":"ERR"}');
    });
    const send = () =>
      alone.client
        .post('/api/v1/tasks')
        .set({ authorization: `Bearer ${tokenFor(caller)}`, 'idempotency-key': 'k' })
        .send({});
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    expect(alone.seen).toHaveLength(2);
    await alone.stop();
  });
});

it('what is kept of a body with a beak shape can be guessed by nobody who has not its key', async () => {
  const other = await startGateway();
  for (const key of [newId(), newId()]) {
    await other.client
      .post('/api/v1/sign-up')
      .set('idempotency-key', key)
      .send({ beakShape: 'curved-yellow-42' });
  }
  const kept = [...other.neighbours.state.values()] as { value: { content: string } }[];
  const contents = kept.map(({ value }) => value.content);
  expect(contents).toHaveLength(2);
  expect(new Set(contents).size).toBe(2);
  await other.stop();
});
