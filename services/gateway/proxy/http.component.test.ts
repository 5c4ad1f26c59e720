import { END_MARK_HEADER, HEAD_ONLY_HEADER } from '../../shared/http/end-mark';
import { PROBLEM_TYPE } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import { tokenFor } from '../../shared/testing/test-service';
import { answerOk, startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';
import { rawRequest } from '../testing/raw-request';

let gateway: GatewayUnderTest;
const authorization = `Bearer ${tokenFor({})}`;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  gateway.answerWith(answerOk);
});

/** Sends method and path as raw bytes, so that no HTTP client normalises them. */
const ask = (method: string, path: string): Promise<string> =>
  rawRequest(
    gateway.url,
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
      'Connection: close\r\n\r\n',
  );

/** Returns status line and headers, without those that differ in every answer. */
function headOf(answer: string): string[] {
  const lines = answer.split('\r\n\r\n')[0]!.split('\r\n');
  return lines.filter((line) => !/^(x-request-id|date|transfer-encoding):/i.test(line)).sort();
}

describe('HEAD', () => {
  const body = '{"title":"Пёс"}';

  it.each([
    ['an answer of a service', 200, { 'content-type': 'application/json', etag: '"3"' }],
    [
      'a long answer in pieces',
      200,
      { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' },
    ],
    ['a refusal of a service', 404, { 'content-type': PROBLEM_TYPE }],
    ['a service that is away', 502, { 'content-type': 'text/html' }],
  ])('of %s is what GET answers, without the body', async (_, status, headers) => {
    gateway.answerWith((__, response) => response.writeHead(status, headers).end(body));
    const path = `/api/v1/tasks/${newId()}`;
    const [got, headed] = [await ask('GET', path), await ask('HEAD', path)];
    const withoutLength = (head: string[]): string[] =>
      head.filter((line) => !/^content-length:/i.test(line));
    expect(withoutLength(headOf(headed))).toEqual(withoutLength(headOf(got)));
    expect(headed).toMatch(/\r\ncontent-length: [1-9]\d*\r\n/i);
    expect(headed.split('\r\n\r\n')[1]).toBe('');
    expect(gateway.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('of an answer that is streamed asks for the head alone, and has no length, as GET', async () => {
    gateway.answerWith(({ headers }, response) => {
      const mark = headers[END_MARK_HEADER] as string;
      response.writeHead(200, { 'content-type': 'text/csv', [END_MARK_HEADER]: mark });
      response.end(headers[HEAD_ONLY_HEADER] === undefined ? `a;b${mark}` : '');
    });
    const path = '/api/v1/accounts/me/entries.csv';
    const [got, headed] = [await ask('GET', path), await ask('HEAD', path)];
    expect(got).toContain('a;b');
    expect(headOf(headed)).toEqual(headOf(got));
    expect(headed).not.toMatch(/content-length/i);
    const marks = gateway.seen.map(({ headers }) => HEAD_ONLY_HEADER in headers);
    expect(marks).toEqual([false, true]);
  });

  it.each([
    '/health/live',
    '/health/ready',
    '/api/openapi.json',
    '/api/v1/session',
    '/api/v1/nothing',
    '/nothing',
  ])('of %s is what GET answers, without the body', async (path) => {
    const [got, headed] = [await ask('GET', path), await ask('HEAD', path)];
    expect(headOf(headed)).toEqual(headOf(got));
    expect(headed).toMatch(/\r\ncontent-length: [1-9]\d*\r\n/i);
    expect(headed.split('\r\n\r\n')[1]).toBe('');
  });

  it('takes the same token as GET', async () => {
    expect((await gateway.client.head('/api/v1/tasks')).status).toBe(401);
    expect(gateway.seen).toEqual([]);
  });

  it('of what only changes things is 405', async () => {
    const answer = await ask('HEAD', `/api/v1/tasks/${newId()}/finish`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/\r\nallow: POST\r\n/i);
  });
});

describe('a method that is not there', () => {
  it.each([
    ['/api/openapi.json', 'GET, HEAD'],
    ['/health/live', 'GET, HEAD'],
    ['/api/v1/session', 'DELETE, GET, HEAD, POST'],
    ['/api/v1/tasks', 'GET, HEAD, POST'],
  ])('at %s is 405 and names %s', async (path, allowed) => {
    for (const method of ['PUT', 'OPTIONS', 'PROPFIND']) {
      const answer = await ask(method, path);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      const [, allow = ''] = /\r\nallow: ([^\r]*)/i.exec(answer) ?? [];
      expect(allow.split(', ').sort().join(', ')).toBe(allowed);
    }
  });
});

describe('an answer with an ETag', () => {
  it.each([
    [undefined, 'no-store, no-transform'],
    ['private, max-age=5', 'private, max-age=5, no-transform'],
    ['no-transform', 'no-transform'],
  ])('and cache-control %s may be changed by no proxy', async (said, expected) => {
    gateway.answerWith((_, response) => {
      const headers = { 'content-type': 'application/json', etag: '"1"' };
      response.writeHead(200, { ...headers, ...(said && { 'cache-control': said }) }).end('{}');
    });
    const answer = await gateway.client
      .get(`/api/v1/tasks/${newId()}`)
      .set({ authorization, 'accept-encoding': 'gzip, br' });
    expect(answer.headers['cache-control']).toBe(expected);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(gateway.seen[0]!.headers['accept-encoding']).toBeUndefined();
  });
});

describe('an answer without an ETag', () => {
  const long = JSON.stringify({ items: Array.from({ length: 100 }, () => 'the same again') });
  const answerWith = (body: string, headers: Record<string, string> = {}): void =>
    gateway.answerWith((_, response) => {
      const length = String(Buffer.byteLength(body));
      const common = { 'content-type': 'application/json', 'content-length': length };
      response.writeHead(200, { ...common, ...headers }).end(body);
    });
  const get = (path = '/api/v1/tasks') =>
    gateway.client.get(path).set({ authorization, 'accept-encoding': 'gzip' });

  it('is compressed when it is long and the client can read that', async () => {
    answerWith(long);
    const answer = await get();
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(answer.headers['content-length']).toBeUndefined();
    expect(answer.body).toEqual(JSON.parse(long));
    const plain = await get().set('accept-encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.text).toBe(long);
  });

  it('is sent as it is when it is short, or belongs to a version', async () => {
    answerWith('{}');
    expect((await get()).headers['content-encoding']).toBeUndefined();
    answerWith(long, { etag: '"1"' });
    expect((await get()).headers['content-encoding']).toBeUndefined();
  });

  it('is sent as it is when it holds tokens', async () => {
    answerWith(long);
    const answer = await gateway.client
      .post('/api/v1/tokens')
      .set('accept-encoding', 'gzip')
      .send({ login: 'kesha', beakShape: 'hooked-blue-17' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.text).toBe(long);
  });
});

describe('the scheme of a token', () => {
  it.each(['bearer', 'BEARER', 'bEaReR'])('has no case: %s', async (scheme) => {
    const token = authorization.split(' ')[1]!;
    const answer = await gateway.client
      .get('/api/v1/tasks')
      .set('authorization', `${scheme} ${token}`);
    expect(answer.status).toBe(200);
  });

  it('is named in every 401', async () => {
    const answer = await gateway.client.get('/api/v1/tasks');
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});

it('what a service says of a refusal arrives', async () => {
  gateway.answerWith((_, response) => {
    const headers = { 'content-type': PROBLEM_TYPE, allow: 'GET', 'www-authenticate': 'Bearer' };
    response.writeHead(405, { ...headers, 'retry-after': '7' }).end('{}');
  });
  const answer = await gateway.client.get('/api/v1/tasks').set('authorization', authorization);
  expect(answer.headers).toMatchObject({ allow: 'GET', 'retry-after': '7' });
});
