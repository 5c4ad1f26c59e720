import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import supertest from 'supertest';
import { z } from 'zod';
import { serviceEnv, tokenEnv, readEnv } from '../config/env';
import { nickname, storableText, uuid } from '../contracts/fields';
import { pageQuery } from '../contracts/paging';
import { requireVersion } from '../kernel/based-on';
import { newId } from '../kernel/ids';
import { createParts } from '../runtime/parts';
import { koaOf, type ServiceApp } from '../runtime/service';
import {
  testClient,
  testEnv,
  testVerifier,
  tokenFor,
  TEST_APP_TOKEN,
} from '../testing/test-service';
import { noContent, ok, RouteTable, type Policies } from './route';

/** Version of every bird. */
const VERSION = 3;

const policies = {
  'GET /birds': { allow: 'anybody' },
  'POST /birds': { allow: 'signed-in', fresh: true },
  'PATCH /birds/{id}': { allow: 'users.manage', fresh: true },
  'GET /nests': { allow: 'services', callers: ['board'] },
} as const satisfies Policies;

describe('a policy table', () => {
  it('that forgets to ask Auth before a change is refused by the compiler', () => {
    // @ts-expect-error a write without `fresh`
    const write: Policies = { 'POST /birds': { allow: 'signed-in' } };
    // @ts-expect-error a permission without `fresh`
    const read: Policies = { 'GET /birds': { allow: 'users.manage' } };
    // @ts-expect-error an exception without a reason
    const exception: Policies = { 'POST /birds': { allow: 'signed-in', fresh: false } };
    expect([write, read, exception]).toHaveLength(3);
  });
});

const table = new RouteTable(policies)
  .on('GET /birds', {
    summary: 'Birds',
    tag: 'birds',
    query: z.strictObject(pageQuery),
    answers: { 200: z.object({ limit: z.number() }) },
    handle: ({ query }) => Promise.resolve(ok({ limit: query.limit })),
  })
  .on('POST /birds', {
    summary: 'A new bird',
    tag: 'birds',
    body: z.strictObject({ nickname, song: storableText().optional() }),
    answers: { 200: z.object({ by: z.string(), nickname: z.string() }) },
    handle: ({ body, caller }) => Promise.resolve(ok({ by: caller.id, nickname: body.nickname })),
  })
  .on('PATCH /birds/{id}', {
    summary: 'Another name',
    tag: 'birds',
    params: z.strictObject({ id: uuid }),
    body: z.strictObject({ nickname }),
    answers: { 200: z.object({ version: z.number() }) },
    handle: ({ ifMatch }) => {
      requireVersion(ifMatch!, VERSION);
      return Promise.resolve(ok({ version: VERSION }, VERSION + 1));
    },
  })
  .on('GET /nests', {
    summary: 'Nests',
    tag: 'nests',
    answers: { 204: null },
    handle: () => Promise.resolve(noContent()),
  });

const env = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
const app: ServiceApp = {
  parts: { ...createParts('aviary', env), verifier: testVerifier() },
  routes: table.routes,
};
const client = testClient(app);
const path = `/birds/${newId()}`;

describe('a token', () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const past = -10;
  const unsigned = jwt.sign({ sub: newId() }, '', { algorithm: 'none', keyid: 'test-key' });
  const [header, , signature] = tokenFor({}).split('.');
  const raised = Buffer.from(JSON.stringify({ sub: newId(), role: 'admin' })).toString('base64url');

  it.each([
    ['none at all', undefined],
    ['garbage', 'garbage'],
    ['three dots', '...'],
    ['alg none', unsigned],
    ['HS256', jwt.sign({ sub: newId() }, 'secret', { keyid: 'test-key' })],
    ['another key under our kid', tokenFor({}, { key: other })],
    ['an unknown kid', tokenFor({}, { keyid: '../../etc/passwd' })],
    ['expired', tokenFor({}, { expiresIn: past })],
    ['another issuer', tokenFor({}, { issuer: 'somebody' })],
    ['another audience', tokenFor({}, { audience: 'others' })],
    ['a changed payload', `${header}.${raised}.${signature}`],
    ['a key of its own', tokenFor({}, { key: other, header: { alg: 'ES256', jwk: {} } as never })],
    ['a subject that is no uuid', tokenFor({}, { subject: 'admin' })],
  ])('with %s is refused, always with the same words', async (_, token) => {
    const request = client.anonymous().post('/birds').send({ nickname: 'ara' });
    const answer = await (token ? request.set('authorization', `Bearer ${token}`) : request);
    expect(answer.status).toBe(401);
    const { requestId, ...body } = answer.body as Record<string, unknown>;
    expect(requestId).toBe(answer.headers['x-request-id']);
    expect(body).toEqual({
      type: 'unauthorized',
      title: 'Please log in',
      status: 401,
      instance: '/birds',
    });
  });

  it('of somebody lets that person in', async () => {
    const id = newId();
    const answer = await client.as({ id }).post('/birds').send({ nickname: 'ara' });
    expect(answer.body).toEqual({ by: id, nickname: 'ara' });
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('has a scheme without case: %s', async (scheme) => {
    const request = client.anonymous().post('/birds').send({ nickname: 'ara' });
    const answer = await request.set('authorization', `${scheme} ${tokenFor({})}`);
    expect(answer.status).toBe(200);
  });

  it('that is refused is told how to do better', async () => {
    const answer = await client.anonymous().post('/birds').send({ nickname: 'ara' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('without the permission is 403, naming it', async () => {
    const answer = await client.as({}).patch(path).set('if-match', '"1"').send({ nickname: 'ara' });
    expect(answer.status).toBe(403);
    expect((answer.body as { detail: string }).detail).toContain('users.manage');
  });
});

describe('HEAD', () => {
  const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
  const agent = supertest(koaOf(app, health, true).callback());

  it.each(['/birds', '/birds?limit=0', '/dodos', '/nests', '/health/live'])(
    'of %s is GET without the body',
    async (to) => {
      const token = { 'dapr-api-token': TEST_APP_TOKEN, 'x-request-id': 'of-both-12' };
      const got = await agent.get(to).set(token);
      const headed = await agent.head(to).set(token);
      expect(headed.status).toBe(got.status);
      expect(headed.text ?? '').toBe('');
      const { date: _, ...headers } = headed.headers as Record<string, string>;
      expect({ ...got.headers, date: undefined }).toEqual({ ...headers, date: undefined });
      expect(Number(headers['content-length'])).toBeGreaterThan(0);
    },
  );
});

describe('the sidecar', () => {
  it.each([undefined, 'wrong', `${TEST_APP_TOKEN}x`])('with token %s is refused', async (token) => {
    const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
    const request = supertest(koaOf(app, health).callback()).get('/birds');
    const answer = await (token ? request.set('dapr-api-token', token) : request);
    expect(answer.status).toBe(401);
  });

  it('passes a service route on for the services it is meant for only', async () => {
    expect((await client.service('board').get('/nests')).status).toBe(204);
    expect((await client.service('gateway').get('/nests')).status).toBe(404);
    expect((await client.as({ role: 'admin' }).get('/nests')).status).toBe(404);
  });
});

describe('a request', () => {
  const post = (body: string): supertest.Test =>
    client.as({}).post('/birds').set('content-type', 'application/json').send(body);

  it.each([
    ['an unknown field', '{"nickname":"ara","role":"admin"}'],
    ['__proto__', '{"nickname":"ara","__proto__":{"role":"admin"}}'],
    ['a key twice', '{"nickname":"ara","nickname":"kea"}'],
    ['another type', '{"nickname":42}'],
    ['NUL', '{"nickname":"ara","song":"la\\u0000la"}'],
    ['half a character', '{"nickname":"ara","song":"\\ud83d"}'],
    ['a line break in a name', '{"nickname":"ara\\r\\nbcc: all"}'],
    ['a name like an id', `{"nickname":"${newId()}"}`],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['no JSON', '{"nickname":'],
    ['deep nesting', `{"nickname":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('with %s is 400', async (_, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
  });

  it('that is too large is 413', async () => {
    expect((await post(`{"nickname":"${'a'.repeat(70_000)}"}`)).status).toBe(413);
  });

  it('names each fault by its place', async () => {
    const answer = await post('{"nickname":"!","song":1}');
    const { errors } = answer.body as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/nickname', '/song']);
  });

  it.each([
    ['{}', { pointer: '/nickname', code: 'required' }],
    ['{"nickname":42}', { code: 'wrong-type', params: { expected: 'string' } }],
    ['{"nickname":"!"}', { code: 'wrong-format' }],
    ['{"nickname":"ara","song":"\\u0000"}', { pointer: '/song', code: 'not-storable' }],
    ['{"nickname":"ara","extra":1}', { code: 'unknown-field', params: { keys: ['extra'] } }],
  ])('%s has a fault with a stable code', async (body, fault) => {
    const answer = await post(body);
    expect((answer.body as { errors: object[] }).errors).toMatchObject([fault]);
  });

  it('in another content type is 415', async () => {
    const answer = await client.as({}).post('/birds').type('text/plain').send('nickname=ara');
    expect(answer.status).toBe(415);
  });

  it('with another method is 405, naming those there are, to another path 404', async () => {
    const answer = await client.anonymous().delete('/birds');
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
    expect(answer.type).toBe('application/problem+json');
    expect((await client.anonymous().get('/dodos')).status).toBe(404);
  });

  it.each(['/BIRDS', '/Birds', '/birds/', '//birds'])(
    'to %s is 404: paths are exact',
    async (to) => {
      expect((await client.anonymous().get(to)).status).toBe(404);
    },
  );

  it.each(['0', '101', '-1', '1.5', '1e2', 'NaN', '', '1&limit=2'])(
    'with limit=%s is 400',
    async (limit) => {
      expect((await client.anonymous().get(`/birds?limit=${limit}`)).status).toBe(400);
    },
  );

  it('is named in a refusal as the gateway got it', async () => {
    const answer = await client.anonymous().get('/dodos').set('x-forwarded-prefix', '/api/v1');
    expect(answer.body).toMatchObject({ status: 404, instance: '/api/v1/dodos' });
  });

  it('without limit gets a page of the usual size', async () => {
    expect((await client.anonymous().get('/birds')).body).toEqual({ limit: 20 });
  });
});

describe('PATCH', () => {
  const patch = (ifMatch?: string): supertest.Test => {
    const request = client.as({ role: 'admin' }).patch(path);
    return (ifMatch ? request.set('if-match', ifMatch) : request).send({ nickname: 'ara' });
  };

  it('without If-Match is 428', async () => {
    expect((await patch()).status).toBe(428);
  });

  it.each(['3', 'W/3', '"3', '3"', '"1" "3"', '*, "3"', 'w/"3"', '""3""', ',', '"3",x', "'3'"])(
    'with If-Match: %s is 400: the grammar says so',
    async (ifMatch) => {
      expect((await patch(ifMatch)).status).toBe(400);
    },
  );

  it.each(['"3"', '*', '"1", "3"', '"3" , W/"1"', ', "x,y",, "3",', '"1","2","3"'])(
    'with If-Match: %s matches the version that is there',
    async (ifMatch) => {
      const answer = await patch(ifMatch);
      expect(answer.body).toEqual({ version: 3 });
      expect(answer.headers['etag']).toBe('"4"');
    },
  );

  it.each([
    '"2"',
    'W/"3"',
    'W/"3", "2"',
    '"03"',
    '"3.0"',
    '"-gzip3"',
    '"3-gzip"',
    '""',
    '"9999999999"',
  ])('with If-Match: %s is 412: it matches nothing', async (ifMatch) => {
    const answer = await patch(ifMatch);
    expect(answer.status).toBe(412);
    expect(answer.body.type).toBe('stale-version');
  });

  it('answers in a form that no proxy may change', async () => {
    expect((await patch('"3"')).headers['cache-control']).toBe('no-store, no-transform');
    expect((await client.anonymous().get('/birds')).headers['cache-control']).toBeUndefined();
  });

  it('of an id in braces is 400', async () => {
    const answer = await client
      .as({ role: 'admin' })
      .patch(`/birds/{${newId()}}`)
      .set('if-match', '"1"')
      .send({ nickname: 'ara' });
    expect(answer.status).toBe(400);
  });
});
