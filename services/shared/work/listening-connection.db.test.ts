import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { query } from '../db/data-source';
import { createLogger } from '../observability/logger';
import { eventually } from '../testing/eventually';
import { createLettersDatabase } from '../../../test/support/letters-database';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { ListeningConnection } from './listening-connection';

const ANSWER_TIMEOUT_MS = 300;

let test: TestDatabase;
let network: Server;
let sockets: Socket[];
let heard: number;
let connection: ListeningConnection;

beforeAll(async () => {
  test = await createTestDatabase(createLettersDatabase);
});
afterAll(() => test.drop());

/** Proxy between the connection and its server, for a network that carries no data. */
beforeEach(async () => {
  sockets = [];
  heard = 0;
  const { hostname, port } = new URL(test.url);
  network = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(one);
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  const url = new URL(test.url);
  url.host = `127.0.0.1:${(network.address() as AddressInfo).port}`;
  connection = new ListeningConnection({
    name: 'listening-test',
    databaseUrl: url.href,
    channel: 'rumours',
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    logger: createLogger('test', 'silent'),
    hear: () => (heard += 1),
  });
});
afterEach(async () => {
  await connection.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => network.close(resolve));
});

const notify = (): Promise<unknown> => query(test.database, 'NOTIFY rumours');

it('hears notifications from its first check on', async () => {
  await connection.check();
  await notify();
  await eventually('the notification', () => heard === 1);
});

it('connects anew after the server ended the connection', async () => {
  const client = await connection.client();
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'listening-test'`;
  await query(test.database, sql);
  await eventually('another connection', async () => (await connection.client()) !== client);
  await notify();
  await eventually('the notification', () => heard === 1);
});

it('notices a network that carries nothing and says nothing, and connects anew', async () => {
  await connection.check();
  for (const socket of sockets) socket.unpipe();
  await notify();
  await expect(connection.check()).rejects.toThrow();
  expect(heard).toBe(0);
  await connection.check();
  await notify();
  await eventually('the notification', () => heard === 1);
});

it('is closed on a network that carries nothing, though nothing was asked', async () => {
  await connection.check();
  for (const socket of sockets) socket.unpipe();
  await connection.close();
});
