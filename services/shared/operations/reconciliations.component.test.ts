import { startOperated, type OperatedUnderTest } from '../../../test/support/operated-service';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { unavailable } from '../kernel/errors';

let service: OperatedUnderTest;
let runs = 0;
let compare: () => Promise<string[]>;

beforeAll(async () => {
  const run = (): Promise<string[]> => {
    runs += 1;
    return compare();
  };
  service = await startOperated({ checks: [{ name: 'books', run }] });
});
afterAll(() => service.stop());
beforeEach(async () => {
  compare = () => Promise.resolve([]);
  await query(service.app.database!, 'DELETE FROM reconciliations');
  await tick();
  runs = 0;
});

/** One turn of the job; the hourly run of this test is over after the first. */
const tick = (): Promise<void> =>
  service.app.jobs!.find(({ name }) => name === 'run-reconciliations')!.run();
const start = async (id = newId()): Promise<string> => {
  await service.client.service('gateway').post('/reconciliations').send({ id }).expect(200);
  return id;
};
const read = async (id: string) =>
  (await service.client.service('gateway').get(`/reconciliations/${id}`).expect(200)).body;
const gauge = async (name: string): Promise<number | undefined> => {
  const metric = await service.app.parts.metrics.registry.getSingleMetric(name)!.get();
  return metric.values.find(({ labels }) => (labels as { name?: string }).name === 'books')?.value;
};

describe('a reconciliation that was asked for', () => {
  it('runs once, and names what is missing', async () => {
    compare = () => Promise.resolve(Array.from({ length: 30 }, (_, index) => `key-${index}`));
    const id = await start();
    await start(id);
    expect(await read(id)).toMatchObject({ id, finishedAt: null, results: [] });
    await Promise.all([tick(), tick(), tick()]);
    expect(runs).toBe(1);
    const { finishedAt, results } = await read(id);
    expect(finishedAt).not.toBeNull();
    expect(results).toMatchObject([{ name: 'books', missing: 30, error: null }]);
    expect(results[0].missingIds).toHaveLength(20);
    expect(await gauge('reconciliation_missing')).toBe(30);
  });

  it('ends with the error, and with what was known before, while a neighbour is away', async () => {
    compare = () => Promise.resolve(['lost']);
    await start();
    await tick();
    compare = () => Promise.reject(unavailable('The board service'));
    const id = await start();
    await tick();
    const { results } = await read(id);
    expect(results).toMatchObject([
      { missing: 1, missingIds: ['lost'], error: expect.stringContaining('board') },
    ]);
    expect(results[0].lastSuccessAt).not.toBeNull();
    const status = await service.client.service('gateway').get('/status').expect(200);
    expect(status.body.reconciliations).toMatchObject([{ name: 'books', missing: 1 }]);
    expect(status.body.attention).toContain('reconciliation-missing');
  });

  it('begins again when its process died', async () => {
    const id = await start();
    const sql = `UPDATE reconciliations SET leased_until = now() + interval '1 minute'`;
    await query(service.app.database!, sql);
    await tick();
    expect(runs).toBe(0);
    await query(service.app.database!, `UPDATE reconciliations SET leased_until = now()`);
    await tick();
    expect((await read(id)).finishedAt).not.toBeNull();
  });

  it('is for the gateway, and 404 when nobody asked for it', async () => {
    const path = `/reconciliations/${newId()}`;
    await service.client.service('gateway').get(path).expect(404);
    await service.client.service('account').post('/reconciliations').send({}).expect(404);
  });
});

describe('the hourly reconciliation', () => {
  it('runs once an hour', async () => {
    await tick();
    await tick();
    expect(runs).toBe(0);
    await query(service.app.database!, 'DELETE FROM reconciliations');
    await Promise.all([tick(), tick()]);
    expect(runs).toBe(1);
  });

  it('is tried again when it could not compare', async () => {
    await query(service.app.database!, 'DELETE FROM reconciliations');
    compare = () => Promise.reject(unavailable('The board service'));
    await tick();
    expect(await gauge('reconciliation_last_success_seconds')).toBe(0);
    await tick();
    expect(runs).toBe(1);
    compare = () => Promise.resolve([]);
    await query(service.app.database!, `UPDATE reconciliations SET leased_until = now()`);
    await tick();
    expect(runs).toBe(2);
    expect(await gauge('reconciliation_last_success_seconds')).toBeGreaterThan(0);
  });
});
