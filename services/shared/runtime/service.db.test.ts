import { Server } from 'node:net';
import { readEnv, serviceEnv, tokenEnv } from '../config/env';
import type { Database } from '../db/data-source';
import { databaseClock } from '../db/database-clock';
import { UnsuitableServer } from '../db/session-settings';
import { eventually } from '../testing/eventually';
import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { Neighbours } from '../testing/neighbours';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { SingleRun } from '../work/single-run';
import { createParts, type Parts } from './parts';
import { runService, type RunningService } from './service';

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
    PORT: '1',
    METRICS_PORT: '1',
    DAPR_HTTP_PORT: String(await neighbours.start()),
    DAPR_API_TOKEN: 'token',
    APP_API_TOKEN: 'token',
    LOG_LEVEL: 'silent',
  };
  const env = readEnv({ ...serviceEnv, ...tokenEnv }, environment);
  // Port 0 stands for any free port.
  parts = createParts('tester', { ...env, PORT: 0, METRICS_PORT: 0 });
});
afterEach(() => neighbours.stop());

async function statusOf({ port }: RunningService, path: string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
}

describe('a service', () => {
  it('started: connects to its database once, then serves', async () => {
    const initialize = jest.spyOn(database, 'initialize');
    const service = await runService({ parts, routes: [], database });
    expect(initialize).toHaveBeenCalledTimes(1);
    expect(await statusOf(service, '/health/ready')).toBe(200);
    expect(await statusOf(service, '/health/consuming')).toBe(200);
    await service.stop();
    expect(database.isInitialized).toBe(false);
  });

  it('on a database without its tables: lives, but neither serves nor consumes', async () => {
    database.setOptions({ migrations: [class NotYetRun9990000000000 {}] });
    const service = await runService({ parts, routes: [], database, relaysOutbox: false });
    expect(await statusOf(service, '/health/live')).toBe(200);
    expect(await statusOf(service, '/health/ready')).toBe(503);
    expect(await statusOf(service, '/health/consuming')).toBe(503);
    await service.stop();
  });

  it.each([4_000, -4_000])('with a clock %d ms off: ready only if it may be', async (offMs) => {
    let aheadMs = offMs;
    const clocks = { now: databaseClock, clock: () => new Date(Date.now() + aheadMs) };
    const service = await runService({ parts, routes: [], database, relaysOutbox: false, clocks });
    expect(await statusOf(service, '/health/ready')).toBe(503);
    expect(await statusOf(service, '/health/consuming')).toBe(200);
    const metric = await parts.metrics.clockOffsetSeconds.get();
    expect(Math.abs(metric.values[0]!.value - offMs / 1_000)).toBeLessThan(1);
    aheadMs = 0;
    await eventually('the clock is right again', async () => {
      return (await statusOf(service, '/health/ready')) === 200;
    });
    await service.stop();
  });

  it('on a server that drops its settings: does not start', async () => {
    const url = new URL(test.url);
    url.searchParams.set('options', '-c TimeZone=Asia/Tokyo');
    const unsuitable = createMessagingDatabase(url.href);
    const listen = jest.spyOn(Server.prototype, 'listen');
    await expect(runService({ parts, routes: [], database: unsuitable })).rejects.toThrow(
      UnsuitableServer,
    );
    const servers = listen.mock.contexts as Server[];
    expect(servers.map(({ listening }) => listening)).toEqual([false, false]);
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
