import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from './server';

const HOST = '127.0.0.1';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

afterAll(() => agent.destroy());

/** Returns status, body and `connection` header of an answer. */
function ask(server: Server): Promise<{ status: number; body: string; connection?: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      const { statusCode: status, headers } = response;
      text(response).then((body) => resolve({ status: status!, body, ...headers }), reject);
    };
    get({ host: HOST, port, agent }, answered).once('error', reject);
  });
}

it('a server gives those who send or read for ever a minute or two', async () => {
  const server = await listen((_, response) => response.end(), HOST, 0);
  expect(server.requestTimeout).toBe(30_000);
  expect(server.timeout).toBe(90_000);
  await closeServer(server);
});

it('a server keeps an idle connection longer than any proxy in front of it does', async () => {
  const server = await listen((_, response) => response.end(), HOST, 0);
  expect(server.keepAliveTimeout).toBeGreaterThan(90_000);
  await closeServer(server);
});

describe('closing a server', () => {
  it('asked again and again on one connection: comes to its end', async () => {
    const server = await listen((_, response) => response.end('done'), HOST, 0);
    await ask(server);
    const asking = (async (): Promise<void> => {
      for (;;) await ask(server);
    })();
    const closed = closeServer(server);
    await expect(asking).rejects.toThrow();
    await closed;
  });

  it('with a request under way: answers it, then ends the connection', async () => {
    let release = (): void => undefined;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const server = await listen(
      (_, response) => {
        begin();
        release = () => response.end('done');
      },
      HOST,
      0,
    );
    const asked = ask(server);
    await begun;
    const closed = closeServer(server);
    release();
    await expect(asked).resolves.toMatchObject({ status: 200, body: 'done' });
    const before = Date.now();
    await closed;
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  it('with a connection on which nothing was ever asked: comes to its end', async () => {
    const server = await listen((_, response) => response.end('done'), HOST, 0);
    const connected = new Promise((resolve) => server.once('connection', resolve));
    const socket = connect((server.address() as AddressInfo).port, HOST);
    await connected;
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await closeServer(server, 100);
    await ended;
  });

  it('with a request that is never answered: cuts it off after the time it was given', async () => {
    const server = await listen(() => undefined, HOST, 0);
    const asked = ask(server);
    await new Promise((resolve) => server.once('request', resolve));
    const closed = closeServer(server, 100);
    await expect(asked).rejects.toThrow('hang up');
    await closed;
  });
});

describe('listening', () => {
  it('on a port that is taken: fails', async () => {
    const server = await listen((_, response) => response.end(), HOST, 0);
    const { port } = server.address() as AddressInfo;
    await expect(listen((_, response) => response.end(), HOST, port)).rejects.toThrow('EADDRINUSE');
    await closeServer(server);
  });
});
