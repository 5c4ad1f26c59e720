import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { z } from 'zod';
import { readEnv, serviceEnv, tokenEnv } from '../config/env';
import { createParts } from '../runtime/parts';
import { koaOf } from '../runtime/service';
import { TEST_APP_TOKEN, testEnv, testVerifier } from '../testing/test-service';
import { ok, RouteTable, type Policies } from './route';

const WINDOWS_1251 = Buffer.from('EFE0F0E0EBEBE5EBFC', 'hex');

const policies = {
  'GET /words': { allow: 'anybody' },
  'POST /words': { allow: 'anybody' },
  'DELETE /words': { allow: 'anybody' },
} as const satisfies Policies;

const echo = z.object({ word: z.string() });
const { routes } = new RouteTable(policies)
  .on('GET /words', {
    summary: 'A word',
    tag: 'words',
    query: z.strictObject({ word: z.string().optional() }),
    answers: { 200: echo },
    handle: ({ query }) => Promise.resolve(ok({ word: query.word ?? '' })),
  })
  .on('POST /words', {
    summary: 'A word',
    tag: 'words',
    body: z.strictObject({ word: z.string() }),
    answers: { 200: echo },
    handle: ({ body }) => Promise.resolve(ok(body)),
  })
  .on('DELETE /words', {
    summary: 'No word',
    tag: 'words',
    answers: { 200: echo },
    handle: () => Promise.resolve(ok({ word: 'none' })),
  });

const env = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
const parts = { ...createParts('words', env), verifier: testVerifier() };
const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
const agent = supertest(koaOf({ parts, routes }, health, true).callback());
const token = { 'dapr-api-token': TEST_APP_TOKEN };
afterAll(() => parts.sidecar.close());

function post(body: string | Buffer, type = 'application/json'): supertest.Test {
  const bytes = Buffer.from(body);
  const request = agent.post('/words').set({
    ...token,
    'content-type': type,
    'content-length': String(bytes.length),
  });
  request.write(bytes);
  return request;
}
const quoted = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from('{"word":"'), bytes, Buffer.from('"}')]);

describe('a body', () => {
  it('that is not UTF-8 is 400, wherever the bytes are', async () => {
    const key = Buffer.concat([Buffer.from('{"'), WINDOWS_1251, Buffer.from('":1}')]);
    for (const body of [quoted(WINDOWS_1251), key, Buffer.from('{"word":"a"}\xff', 'latin1')]) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ type: 'bad-request', detail: 'The body is not UTF-8' });
    }
  });

  it('in UTF-8 arrives as it was written, a byte order mark left out', async () => {
    expect((await post(quoted(Buffer.from('Пёс 🦜 \ufffd')))).body).toEqual({
      word: 'Пёс 🦜 \ufffd',
    });
    expect((await post('\ufeff{"word":"a"}')).body).toEqual({ word: 'a' });
    expect((await post('\ufeff\ufeff{"word":"a"}')).status).toBe(400);
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'APPLICATION/JSON; Charset="UTF-8"',
    'application/json; version=1',
  ])('of type %s is read', async (type) => {
    expect((await post('{"word":"a"}', type)).status).toBe(200);
  });

  it.each([
    'application/json; charset=windows-1251',
    'application/json; charset="ISO-8859-1"',
    'application/json; charset=utf-16',
    'application/json; charset=utf8',
    'application/json; charset=',
    'application/json; charset',
    'application/json, text/plain',
    'text/json',
  ])('of type %s is 415', async (type) => {
    const answer = await post('{"word":"a"}', type);
    expect(answer.status).toBe(415);
    expect(answer.body.type).toBe('unsupported-media-type');
  });

  it('that is compressed is 415', async () => {
    const packed = gzipSync('{"word":"a"}');
    expect((await post(packed).set('content-encoding', 'gzip')).status).toBe(415);
    expect((await post('{"word":"a"}').set('content-encoding', 'Identity')).status).toBe(200);
  });

  it('is refused where none is expected, whatever the method', async () => {
    const bodied = (method: 'get' | 'delete'): supertest.Test =>
      agent[method]('/words').set(token).send({ word: 'a' });
    expect((await bodied('get')).status).toBe(400);
    expect((await bodied('delete')).status).toBe(400);
    expect((await agent.delete('/words').set(token)).status).toBe(200);
  });
});

describe('an address', () => {
  const get = (target: string): supertest.Test => agent.get(target).set(token);

  it.each([
    '/words?word=%EF%E0%F0%E0',
    '/words?%EF=1',
    '/words?word=%C0%AF',
    '/words?word=%ED%A0%80',
    '/words/%EF',
    '/nowhere?word=%FF',
  ])('%s is 400: it is not UTF-8', async (target) => {
    const answer = await get(target);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toBe('The address is not UTF-8');
  });

  it('with a query that is not percent-encoded is 400', async () => {
    expect((await get('/words?word=%zz')).status).toBe(400);
    expect((await get('/words?word=100%25')).body).toEqual({ word: '100%' });
  });

  it.each(['word=a&word=b', 'word[]=a', '__proto__=a', 'constructor=a', 'word=a&toString=b'])(
    'with the query %s is 400',
    async (query) => {
      expect((await get(`/words?${query}`)).status).toBe(400);
    },
  );
});

describe('an Idempotency-Key', () => {
  it.each(['\xe9', 'a\tb', '\xd0\x9f'])('of the bytes %j is 400', async (key) => {
    const answer = await post('{"word":"a"}').set('idempotency-key', key);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toBe('Idempotency-Key is not plain text');
  });
});
