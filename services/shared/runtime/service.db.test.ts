import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readEnv, serviceEnv, tokenEnv } from '../config/env';
import type { Database } from '../db/data-source';
import { createMessagingDatabase } from '../testing/messaging-database';
import { Neighbours } from '../testing/neighbours';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { createParts, type Parts } from './parts';
import { runService } from './service';
import { SingleRun } from './single-run';

let test: TestDatabase;
let neighbours: Neighbours;
let database: Database;
let parts: Parts;

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
});
afterAll(() => test.drop());
beforeEach(async () => {
  neighbours = new Neighbours();
  database = createMessagingDatabase(test.url);
  const environment = {
    PORT: String(await freePort()),
    METRICS_PORT: String(await freePort()),
    DAPR_HTTP_PORT: String(await neighbours.start()),
    DAPR_API_TOKEN: 'token',
    APP_API_TOKEN: 'token',
    LOG_LEVEL: 'silent',
  };
  parts = createParts('tester', readEnv({ ...serviceEnv, ...tokenEnv }, environment));
});
afterEach(() => neighbours.stop());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function statusOf(path: string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${parts.env.PORT}${path}`)).status;
}

describe('a service', () => {
  it('started: connects to its database once, then serves', async () => {
    const initialize = jest.spyOn(database, 'initialize');
    const service = await runService({ parts, routes: [], database });
    expect(initialize).toHaveBeenCalledTimes(1);
    expect(await statusOf('/health/ready')).toBe(200);
    expect(await statusOf('/health/consuming')).toBe(200);
    await service.stop();
    expect(database.isInitialized).toBe(false);
  });

  it('on a database without its tables: lives, but neither serves nor consumes', async () => {
    database.setOptions({ migrations: [class NotYetRun9990000000000 {}] });
    const service = await runService({ parts, routes: [], database, relaysOutbox: false });
    expect(await statusOf('/health/live')).toBe(200);
    expect(await statusOf('/health/ready')).toBe(503);
    expect(await statusOf('/health/consuming')).toBe(503);
    await service.stop();
  });

  it('stopped while it works: begins nothing new at once, waits for what it had begun', async () => {
    let release = (): void => undefined;
    const run: SingleRun = new SingleRun('held', parts.logger, async () => {
      await new Promise<void>((resolve) => (release = resolve));
    });
    const service = await runService({ parts, routes: [], runs: [run] });
    run.fire();
    const order: string[] = [];
    const stopped = service.stop().then(() => order.push('stopped'));
    expect(run.isStopping).toBe(true);
    void run.settled().then(() => order.push('run over'));
    release();
    await stopped;
    expect(order).toEqual(['run over', 'stopped']);
  });
});
