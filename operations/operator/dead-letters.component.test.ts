import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deadLetters } from './dead-letters';
import { Operator } from './operator';

interface Open {
  id: string;
  type: string | null;
  replayable: true | { not: string };
}

/** Dead letters by service, as the product keeps them. */
let open: Record<string, Open[]>;
/** Types whose cause is not removed. */
let stuck: string[];
let server: Server;
let operator: Operator;
let said: string[];

const letter = (id: string, type: string | null): Open => ({
  id,
  type,
  replayable: type === null ? { not: 'unreadable' } : true,
});

async function bodyOf(request: IncomingMessage): Promise<{ type?: string }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text || '{}') as { type?: string };
}

/** One page holds one dead letter; a part of a replay handles one. */
async function answer(request: IncomingMessage): Promise<object> {
  const { type } = await bodyOf(request);
  const url = new URL(request.url!, 'http://gateway');
  const [, , , first, service] = url.pathname.split('/');
  if (first === 'tokens') return { token: 'token' };
  if (service === 'status') {
    const kept = Object.keys(open).map((name) => ({ service: name, reachable: true }));
    const services = kept.map((each) => ({ ...each, deadLetters: { open: 1 } }));
    return { services: [...services, { service: 'board', reachable: false }] };
  }
  const letters = open[service!]!;
  if (request.method === 'GET') {
    const at = Number(url.searchParams.get('cursor') ?? 0);
    const next = at + 1 < letters.length ? String(at + 1) : null;
    return { items: letters.slice(at, at + 1), next };
  }
  const found = stuck.includes(type!) ? -1 : letters.findIndex((each) => each.type === type);
  if (found >= 0) letters.splice(found, 1);
  const left = letters.filter((each) => each.type === type).length;
  return { done: found >= 0 ? 1 : 0, left };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void answer(request).then((body) => response.end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  operator = await Operator.logIn(url, 'admin', 'beak');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [open, stuck, said] = [{ account: [], user: [] }, [], []];
});

const replayAll = () => deadLetters(operator, ['replay', '--all'], (line) => void said.push(line));

it('replay --all: every type of every service, however many pages and parts', async () => {
  open = {
    account: [letter('1', 'A.v1'), letter('2', 'B.v1'), letter('3', 'A.v1')],
    user: [letter('4', 'C.v1')],
  };
  expect(await replayAll()).toBe(0);
  expect(open).toEqual({ account: [], user: [] });
  expect(said).toEqual(['board is away', '4 replayed, 0 left']);
});

it('replay --all: what can’t be replayed and what is refused again is left, and fails', async () => {
  open = { account: [letter('1', null), letter('2', 'A.v1'), letter('3', 'B.v1')], user: [] };
  stuck = ['B.v1'];
  expect(await replayAll()).toBe(1);
  expect(open.account!.map(({ id }) => id)).toEqual(['1', '3']);
  expect(said.at(-1)).toBe('1 replayed, 2 left');
});

it('replay --all: nothing to do is no failure', async () => {
  expect(await replayAll()).toBe(0);
  expect(said.at(-1)).toBe('0 replayed, 0 left');
});
