import { newId } from '../../shared/kernel/ids';
import { tokenFor } from '../../shared/testing/test-service';
import { answerOk, startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';
import { rawRequest } from '../testing/raw-request';

/** Two beak shapes in windows-1251: equal for a UTF-8 decoder that replaces invalid bytes. */
const SIGNED_UP = 'EFE0F0E0EBEBE5EBFC';
const LOGGED_IN = 'EAEEF0E0E1EBE8EAE8';

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

function send(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<string> {
  const all = {
    host: 'x',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /api/v1${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return rawRequest(gateway.url, Buffer.concat([Buffer.from(head, 'latin1'), body]));
}

function shaped(hex: string): Buffer {
  const bytes = Buffer.from(hex, 'hex');
  return Buffer.concat([Buffer.from('{"login":"kesha","beakShape":"'), bytes, Buffer.from('"}')]);
}

describe('a body that is not UTF-8', () => {
  it.each(['/sign-up', '/tokens', '/session', '/tasks'])('is 400 at %s', async (path) => {
    for (const hex of [SIGNED_UP, LOGGED_IN, 'C080', 'EDA080', 'D0', 'F4908080']) {
      const answer = await send(path, shaped(hex), { authorization });
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('The body is not UTF-8');
    }
    expect(gateway.seen).toEqual([]);
  });

  it.each(['windows-1251', '"UTF-16"', 'latin1'])(
    'and says so (charset=%s) is 415',
    async (name) => {
      for (const path of ['/tasks', '/session']) {
        const type = `application/json; charset=${name}`;
        const answer = await send(path, shaped(SIGNED_UP), { authorization, 'content-type': type });
        expect(answer).toMatch(/^HTTP\/1\.1 415 /);
      }
      expect(gateway.seen).toEqual([]);
    },
  );
});

it('a body in UTF-8 goes on byte for byte', async () => {
  const body = Buffer.from('{"title":"[A-1] Пёс 🦜"}');
  const type = 'application/json; charset="UTF-8"';
  const answer = await send('/tasks', body, { authorization, 'content-type': type });
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(gateway.seen[0]!.body).toBe(body.toString());
});

describe('an address that is not UTF-8', () => {
  it.each([
    '/api/v1/tasks?q=%EF%E0%F0%E0',
    '/api/v1/tasks?%C0%AF=1',
    '/api/v1/tasks?q=%ED%A0%80',
    '/api/v1/tasks?q=%zz',
    `/api/v1/tasks/${newId()}%FF`,
    '/api/v1/nothing/%D0',
    '/api/openapi.json?%FF',
  ])('%s is 400', async (target) => {
    const answer = await gateway.client.get(target).set('authorization', authorization);
    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    expect(gateway.seen).toEqual([]);
  });
});

describe('a header that carries text', () => {
  it.each(['\xef\xe0', '\xd0\x9f', 'a\tb'])('is 400 with the bytes %j', async (key) => {
    const answer = await send('/tasks', Buffer.from('{}'), {
      authorization,
      'idempotency-key': key,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(gateway.seen).toEqual([]);
  });

  it.each(['Authorization', 'Idempotency-Key', 'Content-Type'])(
    'is 400 when %s comes twice',
    async (name) => {
      const values: Record<string, string> = {
        Authorization: authorization,
        'Idempotency-Key': 'k',
        'Content-Type': 'application/json',
      };
      const answer = await rawRequest(
        gateway.url,
        `POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n` +
          Object.entries({ ...values, [name.toUpperCase()]: values[name] })
            .map(([each, value]) => `${each}: ${value}\r\n`)
            .join('') +
          '\r\n{}',
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('comes twice');
      expect(gateway.seen).toEqual([]);
    },
  );
});
