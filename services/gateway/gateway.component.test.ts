import { generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import jwt from 'jsonwebtoken';
import { newId } from '../shared/kernel/ids';
import { eventually } from '../shared/testing/eventually';
import { tokenFor, type TestCaller } from '../shared/testing/test-service';
import { answerOk, startGateway, type GatewayUnderTest } from './testing/gateway-under-test';

const PROBLEM = 'application/problem+json';
const PAST_LIMIT = 64 * 1024 + 1;

let gateway: GatewayUnderTest;
const bearer = (caller: TestCaller = {}): string => `Bearer ${tokenFor(caller)}`;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  gateway.answerWith(answerOk);
});

/** Sends raw bytes; returns what is received until the connection is closed. */
function raw(bytes: string): Promise<string> {
  const port = Number(new URL(gateway.url).port);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('passing a request on', () => {
  it('sends method, path, query and body to the service, and its answer back', async () => {
    gateway.answerWith((_, response) => {
      response
        .writeHead(201, { 'content-type': 'application/json', etag: '"1"', 'x-inside': 'secret' })
        .end('{"id":"1"}');
    });
    const answer = await gateway.client
      .post('/api/v1/tasks?a=%20b')
      .set('authorization', bearer())
      .send({ title: '[A-1] Пёс' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: '1' });
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.headers['x-inside']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store, no-transform');
    const [seen] = gateway.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/v1.0/invoke/board/method/tasks?a=%20b',
      body: '{"title":"[A-1] Пёс"}',
    });
    expect(seen!.headers['authorization']).toMatch(/^Bearer /);
    expect(seen!.headers['dapr-api-token']).toBe('test-sidecar-token');
    expect(answer.headers['x-request-id']).toBe(seen!.headers['x-request-id']);
  });

  it('passes a refusal of the service on as it is', async () => {
    gateway.answerWith((_, response) => {
      response.writeHead(404, { 'content-type': PROBLEM }).end('{"type":"not-found"}');
    });
    const answer = await gateway.client
      .get(`/api/v1/tasks/${newId()}`)
      .set('authorization', bearer());
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ type: 'not-found' });
  });

  it('strips every header that only the inside may set', async () => {
    await gateway.client.get('/api/v1/tasks').set({
      authorization: bearer(),
      'x-user-id': newId(),
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-prefix': '/evil',
      'x-request-id': 'forged-request-id',
      'dapr-api-token': 'forged',
      'dapr-caller-app-id': 'board',
      'dapr-app-id': 'payment',
      cookie: 'a=b',
    });
    const { headers } = gateway.seen[0]!;
    expect(headers['x-forwarded-for']).toMatch(/127\.0\.0\.1$/);
    expect(headers['x-forwarded-prefix']).toBe('/api/v1');
    expect(headers['dapr-api-token']).toBe('test-sidecar-token');
    expect(headers['x-request-id']).not.toBe('forged-request-id');
    const others = ['x-user-id', 'x-forwarded-host', 'dapr-caller-app-id', 'dapr-app-id', 'cookie'];
    for (const name of others) expect(headers).not.toHaveProperty(name);
  });

  it('believes as many proxies as it was told to', async () => {
    const behindOne = await startGateway({ TRUSTED_PROXIES: '1' });
    await behindOne.client
      .get('/api/v1/tasks')
      .set({ authorization: bearer(), 'x-forwarded-for': '6.6.6.6, 1.2.3.4' });
    expect(behindOne.seen[0]!.headers['x-forwarded-for']).toBe('1.2.3.4');
    await behindOne.stop();
  });

  it('streams an answer much larger than its memory of it, byte for byte', async () => {
    const chunk = 'x'.repeat(64 * 1024);
    const chunks = 500;
    gateway.answerWith((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      let left = chunks;
      const more = (): void => {
        while (left > 0) {
          left -= 1;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const answer = await fetch(`${gateway.url}/api/v1/tasks`, {
      headers: { authorization: bearer() },
    });
    let size = 0;
    for await (const part of answer.body!) size += (part as Uint8Array).length;
    expect(size).toBe(chunk.length * chunks);
  });

  it('lives on and cuts the service off when the client goes away mid-answer', async () => {
    let isCutOff = false;
    gateway.answerWith((_, response) => {
      response.on('close', () => (isCutOff = true));
      response.writeHead(200, { 'content-type': 'text/csv' }).write('first line\n');
    });
    const client = new AbortController();
    const answer = await fetch(`${gateway.url}/api/v1/tasks`, {
      headers: { authorization: bearer() },
      signal: client.signal,
    });
    await answer.body!.getReader().read();
    client.abort();
    await eventually('the service to be cut off', () => isCutOff);
    gateway.answerWith(answerOk);
    const next = await gateway.client.get('/api/v1/tasks').set('authorization', bearer());
    expect(next.status).toBe(200);
  });

  it('cuts the client off when the service dies mid-answer', async () => {
    gateway.answerWith((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' }).write('half', () => {
        response.destroy();
      });
    });
    // Before or after the first bytes: what counts is that half an answer never looks whole.
    const download = fetch(`${gateway.url}/api/v1/tasks`, {
      headers: { authorization: bearer() },
    }).then((answer) => answer.text());
    await expect(download).rejects.toThrow();
  });

  it('takes the end mark off a streamed answer, however its bytes are cut', async () => {
    for (const cut of [1, 5, 31, 32, 33, 1_000]) {
      gateway.answerWith(({ headers }, response) => {
        const mark = String(headers['x-end-mark']);
        const bytes = Buffer.from(`first line\nsecond line\n${mark}`);
        response.writeHead(200, { 'content-type': 'text/csv', 'x-end-mark': mark });
        for (let at = 0; at < bytes.length; at += cut) response.write(bytes.subarray(at, at + cut));
        response.end();
      });
      const answer = await fetch(`${gateway.url}/api/v1/tasks`, {
        headers: { authorization: bearer(), 'x-end-mark': 'f'.repeat(32) },
      });
      expect(answer.headers.get('x-end-mark')).toBeNull();
      expect(await answer.text()).toBe('first line\nsecond line\n');
    }
  });

  it('streams a long marked answer compressed, whole, as browsers ask for it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index};${'x'.repeat(30)}`);
    gateway.answerWith(({ headers }, response) => {
      const mark = String(headers['x-end-mark']);
      response.writeHead(200, { 'content-type': 'text/csv', 'x-end-mark': mark });
      response.end(`${lines.join('\n')}${mark}`);
    });
    for (const encoding of ['gzip', 'br', 'identity']) {
      const answer = await fetch(`${gateway.url}/api/v1/tasks`, {
        headers: { authorization: bearer(), 'accept-encoding': encoding },
      });
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding);
      expect(await answer.text()).toBe(lines.join('\n'));
    }
  });

  it.each([
    ['before the end mark', (mark: string) => ({ mark, end: '' })],
    ['in the middle of it', (mark: string) => ({ mark, end: mark.slice(1) })],
    ['at the first byte', (mark: string) => ({ mark, end: null })],
  ])('cuts the client off when a marked answer ends %s', async (_, ending) => {
    // A sidecar ends an answer in order when the service behind it broke off.
    gateway.answerWith(({ headers }, response) => {
      const { mark, end } = ending(String(headers['x-end-mark']));
      response.writeHead(200, { 'content-type': 'text/csv', 'x-end-mark': mark });
      response.end(end === null ? '' : `${'line\n'.repeat(1_000)}${end}`);
    });
    const asked = fetch(`${gateway.url}/api/v1/tasks`, { headers: { authorization: bearer() } });
    await expect(asked.then((answer) => answer.text())).rejects.toThrow();
  });

  it('gives every POST a key, its own where the client sent none', async () => {
    const post = () => gateway.client.post('/api/v1/tasks').set('authorization', bearer());
    await post().send({});
    await post().send({});
    const [first, second] = gateway.seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toBeTruthy();
    expect(second).not.toBe(first);
  });
});

describe('a service that is away', () => {
  it.each([
    ['unknown to the sidecar', 500, 'application/json', '{"errorCode":"ERR_DIRECT_INVOKE"}'],
    ['refused by access control', 403, 'application/json', '{"errorCode":"ERR_DIRECT_INVOKE"}'],
    ['answering nonsense', 502, 'text/html', '<h1>Bad gateway</h1>'],
  ])('%s is 503 with Retry-After', async (_, status, type, body) => {
    gateway.answerWith((__, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    const answer = await gateway.client.get('/api/v1/tasks').set('authorization', bearer());
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toContain(PROBLEM);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toMatchObject({ type: 'unavailable', instance: '/api/v1/tasks' });
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    expect(JSON.stringify(answer.body)).not.toContain('ERR_');
  });

  it.each(['GET', 'POST', 'DELETE'])(
    'dying during a %s, for which the sidecar answers 200 with nothing, is 503',
    async (method) => {
      gateway.answerWith((_, response) => response.writeHead(200, { 'content-length': 0 }).end());
      const send = { GET: 'get', POST: 'post', DELETE: 'delete' } as const;
      const path = method === 'DELETE' ? `/api/v1/sessions/${newId()}` : '/api/v1/tasks';
      const request = gateway.client[send[method as keyof typeof send]](path);
      const answer = await request.set({ authorization: bearer(), 'idempotency-key': newId() });
      expect(answer.status).toBe(503);
      expect(answer.headers['content-type']).toContain(PROBLEM);
    },
  );

  it('and so is one that hangs up without an answer', async () => {
    gateway.answerWith((_, response) => void response.destroy());
    const answer = await gateway.client.get('/api/v1/tasks').set('authorization', bearer());
    expect(answer.status).toBe(503);
  });
});

describe('a token', () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [header, payload, signature] = tokenFor({}).split('.') as [string, string, string];
  const claims = { sid: newId(), role: 'admin', permissions: [] };
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['missing', ''],
    ['garbage', 'Bearer garbage'],
    ['of another scheme', `Basic ${tokenFor({})}`],
    ['unsigned', `Bearer ${jwt.sign(claims, '', { algorithm: 'none', keyid: 'test-key' })}`],
    ['of another algorithm', `Bearer ${jwt.sign(claims, 'secret', { keyid: 'test-key' })}`],
    ['signed by somebody else', `Bearer ${tokenFor({}, { key: other.privateKey })}`],
    ['with an unknown kid', `Bearer ${tokenFor({}, { keyid: 'unknown' })}`],
    ['expired', `Bearer ${tokenFor({}, { expiresIn: -1 })}`],
    ['from another issuer', `Bearer ${tokenFor({}, { issuer: 'evil' })}`],
    ['for another audience', `Bearer ${tokenFor({}, { audience: 'others' })}`],
    ['tampered with', `Bearer ${header}.${encoded({ ...claims, sub: newId() })}.${signature}`],
    [
      'with a key of its own',
      `Bearer ${encoded({ alg: 'ES256', jku: 'https://evil.example', kid: 'x' })}.${payload}.${signature}`,
    ],
  ])('that is %s is refused like all others', async (_, authorization) => {
    const request = gateway.client.get('/api/v1/tasks');
    if (authorization !== '') void request.set('authorization', authorization);
    const answer = await request;
    expect(answer.status).toBe(401);
    const { requestId, ...body } = answer.body as Record<string, unknown>;
    expect(requestId).toBeTruthy();
    expect(body).toEqual({
      type: 'unauthorized',
      title: 'Please log in',
      status: 401,
      instance: '/api/v1/tasks',
    });
    expect(gateway.seen).toEqual([]);
  });

  it('is neither needed nor passed on where anybody may', async () => {
    const answer = await gateway.client
      .get(`/api/v1/sign-up/${newId()}`)
      .set('authorization', 'Bearer garbage');
    expect(answer.status).toBe(200);
    expect(gateway.seen[0]!.headers['authorization']).toBeUndefined();
  });
});

describe('a path', () => {
  it.each([
    ['/api/v1/nothing'],
    ['/api/v1/'],
    ['/api/v1/tasks/'],
    ['/api/v1//tasks'],
    ['/api/v2/tasks'],
    ['/API/V1/session'],
    ['http://evil.example/api/v1/session'],
    ['/HEALTH/live'],
    ['/tasks'],
    ['/events/tasks'],
    ['/api/v1/events/tasks'],
    ['/api/v1/prices'],
    ['/api/v1/task-details'],
    ['/api/v1/active-employee-ids'],
    ['/api/v1/jwks'],
    ['/api/v1/tasks/..%2fevents%2ftasks/finish'],
    ['/api/v1/tasks/%252e%252e/finish'],
    ['/api/v1/tasks/%2e%2e/finish'],
    ['/api/v1/tasks/%zz/finish'],
    ['/api/v1/tasks/a%5cb/finish'],
    ['/api/v1/tasks/a#b/finish'],
    ['http://evil.example/api/v1/tasks'],
    ['/payout-schedule'],
  ])('%s does not exist', async (path) => {
    const answer = await raw(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer({ role: 'admin' })}\r\n` +
        'Content-Length: 0\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain(PROBLEM);
    expect(gateway.seen).toEqual([]);
  });

  it('is named in a refusal as it was asked for, whatever prefix a client claims', async () => {
    const answer = await gateway.client.get('/api/v1/nothing').set('x-forwarded-prefix', '/evil');
    expect(answer.body.instance).toBe('/api/v1/nothing');
  });

  it('with another method is 405 and names those it has', async () => {
    const answer = await gateway.client.delete('/api/v1/tasks').set('authorization', bearer());
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
    expect(answer.headers['content-type']).toContain(PROBLEM);
  });

  it('that is too long or not encoded never reaches a sidecar', async () => {
    const authorization = bearer();
    const long = await gateway.client
      .get(`/api/v1/tasks?q=${'x'.repeat(5_000)}`)
      .set('authorization', authorization);
    expect(long.status).toBe(414);
    const latin = await raw(
      `GET /api/v1/tasks?q=\xe9 HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
        'Connection: close\r\n\r\n',
    );
    expect(latin).toMatch(/^HTTP\/1\.1 400 /);
    expect(gateway.seen).toEqual([]);
  });
});

describe('a body', () => {
  const post = () => gateway.client.post('/api/v1/tasks').set('authorization', bearer());

  it('that says it is over 64 kB is 413', async () => {
    const answer = await post().type('json').send('x'.repeat(PAST_LIMIT));
    expect(answer.status).toBe(413);
    expect(answer.headers['content-type']).toContain(PROBLEM);
    expect(gateway.seen).toEqual([]);
  });

  it('of exactly 64 kB passes', async () => {
    const answer = await post()
      .type('json')
      .send('x'.repeat(PAST_LIMIT - 1));
    expect(answer.status).toBe(200);
    expect(gateway.seen[0]!.body).toHaveLength(PAST_LIMIT - 1);
  });

  it('of endless chunks is 413 as soon as it is too much, and cut off', async () => {
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      const more = (): void => {
        while (socket.writable && socket.write(chunk));
      };
      let received = '';
      socket.on('drain', more);
      socket.on('data', (data) => (received += data.toString()));
      socket.on('close', () => resolve(received));
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error);
      });
      socket.write(
        `POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer()}\r\n` +
          'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        more,
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(gateway.seen).toEqual([]);
  });

  it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data']])(
    'of type %s is 415',
    async (type) => {
      const answer = await post().set('content-type', type).send('a=b');
      expect(answer.status).toBe(415);
      expect(gateway.seen).toEqual([]);
    },
  );

  it('that is compressed is 415, whatever it would become', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const request = post().set({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': String(bomb.length),
    });
    request.write(bomb);
    expect((await request).status).toBe(415);
    expect(gateway.seen).toEqual([]);
  });

  it('that ends before it was said to is nobody’s fault but the client’s', async () => {
    const port = Number(new URL(gateway.url).port);
    const socket = connect(port, '127.0.0.1', () => {
      socket.end(
        `POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer()}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      );
    });
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect((await gateway.client.get('/health/live')).status).toBe(200);
    expect(gateway.seen).toEqual([]);
  });

  it('and headers that gRPC cannot carry are 400', async () => {
    const answer = await post().set('if-match', 'x'.repeat(3_000));
    expect(answer.status).toBe(400);
    const latin = await post().set('idempotency-key', '\xe9');
    expect(latin.status).toBe(400);
    expect(gateway.seen).toEqual([]);
  });
});

describe('the pages', () => {
  it('give the document to programs', async () => {
    const { body } = await gateway.client.get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
  });

  it('say that the gateway lives and is ready', async () => {
    expect((await gateway.client.get('/health/live')).status).toBe(200);
    expect((await gateway.client.get('/health/ready')).status).toBe(200);
  });
});
