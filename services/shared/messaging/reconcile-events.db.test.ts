import { deliver, startTwo, type TwoServices } from '../../../test/support/two-services';
import { query } from '../db/data-source';
import { firstIdAt, newId, timeOfId } from '../kernel/ids';
import { digestPublished } from './published-events';
import { reconcileAllEvents, reconcileEvents } from './reconcile-events';
import { eventReconciliation } from './reconciliation-state';

const MINUTE_MS = 60_000;
const ago = (ms: number): number => Date.now() - ms;

let two: TwoServices;
beforeAll(async () => {
  two = await startTwo(2);
});
afterAll(() => two.stop());
beforeEach(async () => {
  two.consumer.refuse(() => []);
  const { database } = two.desk;
  for (const table of ['inbox', 'dead_letters', 'event_reconciliations', 'missing_events']) {
    await query(database, `DELETE FROM ${table}`);
  }
  for (const { app } of two.producers) await query(app.database!, 'DELETE FROM outbox');
});

const stateOf = () => eventReconciliation(two.desk.database, 'tester');
const watermark = async (): Promise<number> => {
  const sql = 'SELECT watermark FROM event_reconciliations';
  return (await query<{ watermark: Date }>(two.desk.database, sql))[0]!.watermark.getTime();
};
/** Received ids, those of long ago: deliveries look as if they had stopped. */
async function receive(ids: readonly string[], receivedAgoMs = MINUTE_MS): Promise<void> {
  await query(
    two.desk.database,
    `INSERT INTO inbox (consumer, event_id, received_at)
     SELECT 'tester', id, $2 FROM unnest($1::uuid[]) AS id`,
    [ids, new Date(ago(receivedAgoMs))],
  );
}
const hurry = (): Promise<unknown> =>
  query(two.desk.database, `UPDATE missing_events SET next_resend_at = now()`);

describe('an event that was published and never arrived', () => {
  it('is sent again under its own id, and the watermark waits for it', async () => {
    const moments = [3, 2, 1].map((minutes) => ago(minutes * MINUTE_MS));
    const ids = await two.publish(moments);
    await receive([ids[0]!, ids[2]!]);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 1, resent: 1 });
    expect(await watermark()).toBeLessThanOrEqual(timeOfId(ids[1]!));
    expect(await stateOf()).toMatchObject({ missing: 1, missingIds: [ids[1]], error: null });
    expect(await two.relay()).toEqual([ids[1]]);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 0, resent: 0 });
    expect(await stateOf()).toMatchObject({ missing: 0, missingIds: [], found: 1 });
  });

  it('is found while others keep arriving, once it is too old to be on its way', async () => {
    const [old, young, arrived] = await two.publish([ago(MINUTE_MS), ago(20_000), ago(1_000)]);
    await receive([arrived!], 0);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 1, resent: 1 });
    expect((await stateOf()).missingIds).toEqual([old]);
    expect(await two.relay()).not.toContain(young);
  });

  it('is not looked for in a backlog that the broker still delivers', async () => {
    const moments = [50, 40, 30, 20, 10].map((minutes) => ago(minutes * MINUTE_MS));
    const ids = await two.publish(moments);
    await receive(ids.slice(0, 2), 0);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 0, resent: 0 });
    const justStarted = { ...two.desk, runningMs: () => 3_000 };
    await query(two.desk.database, 'DELETE FROM inbox');
    expect(await reconcileEvents(justStarted)).toEqual({ found: 0, resent: 0 });
  });

  it.each([
    ['of version 4', 'e0a1c5a4-7b1e-4cc3-9d7e-2f4a6b8c0d1e'],
    ['of a year ahead', firstIdAt(Date.now() + 365 * 24 * 60 * MINUTE_MS)],
  ])('is found beside a received id that no clock made: %s', async (_, foreign) => {
    const [old, young] = await two.publish([ago(2 * MINUTE_MS), ago(MINUTE_MS)]);
    await receive([young!, foreign], 0);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 1, resent: 1 });
    expect((await stateOf()).missingIds).toEqual([old]);
    expect(await two.relay()).toEqual([old]);
    await reconcileEvents(two.desk);
    expect(await watermark()).toBeLessThan(Date.now());
  });

  it('is found from before the watermark once an hour', async () => {
    const [id] = await two.publish([ago(120 * MINUTE_MS)]);
    await receive([id!]);
    await reconcileEvents(two.desk);
    await query(two.desk.database, 'DELETE FROM inbox');
    expect(await reconcileEvents(two.desk)).toMatchObject({ found: 0 });
    await query(
      two.desk.database,
      `UPDATE event_reconciliations SET last_full_at = now() - interval '61 minutes'`,
    );
    expect(await reconcileEvents(two.desk)).toEqual({ found: 1, resent: 1 });
    expect(await two.relay()).toEqual([id]);
  });

  it('is found anywhere in what is kept when an operator asks', async () => {
    const [id] = await two.publish([ago(6 * 24 * 60 * MINUTE_MS)]);
    expect(await reconcileAllEvents(two.desk)).toMatchObject([{ id, producer: 'producer0' }]);
    expect(await two.relay()).toEqual([id]);
    expect(await reconcileAllEvents(two.desk)).toEqual([]);
  });
});

describe('what counts as received', () => {
  it('is a dead letter too, once, and only types that are handled count', async () => {
    two.consumer.refuse((_, eventId) => [{ eventId, verdict: 'reject', reason: 'no' }]);
    const [refused, both] = await two.publish([ago(2 * MINUTE_MS), ago(MINUTE_MS)]);
    await deliver(two.consumer, [refused!, both!]);
    await receive([both!]);
    await two.publish([ago(MINUTE_MS)], 0, 'SomethingElse.v1');
    expect(await reconcileEvents(two.desk)).toEqual({ found: 0, resent: 0 });
    expect(await watermark()).toBeGreaterThan(timeOfId(both!));
  });

  it('is compared with the sum of all producers', async () => {
    const moment = ago(MINUTE_MS);
    const [first] = await two.publish([moment, moment, moment], 0);
    const others = await two.publish([moment, moment], 1);
    await receive([first!, ...others]);
    const found = await reconcileEvents(two.desk);
    expect(found).toEqual({ found: 2, resent: 2 });
    expect(await two.relay()).toHaveLength(2);
    expect(await reconcileEvents(two.desk)).toEqual({ found: 0, resent: 0 });
  });
});

describe('work', () => {
  it('is at most 500 events a round, and the next 500 after these have arrived', async () => {
    await two.publish(Array.from({ length: 1_100 }, (_, index) => ago(MINUTE_MS + index * 100)));
    expect(await reconcileEvents(two.desk)).toEqual({ found: 500, resent: 500 });
    expect(await reconcileEvents(two.desk)).toEqual({ found: 0, resent: 0 });
    for (const expected of [500, 100]) {
      await two.relay();
      await query(two.desk.database, `UPDATE inbox SET received_at = now() - interval '1 minute'`);
      expect(await reconcileEvents(two.desk)).toEqual({ found: expected, resent: expected });
    }
    expect(await two.relay()).toHaveLength(100);
  });

  it('waits longer after each resend, and ends', async () => {
    await two.publish([ago(MINUTE_MS)]);
    const delays: number[] = [];
    for (let times = 0; times < 12; times += 1) {
      await reconcileEvents(two.desk);
      const [row] = await query<{ seconds: number; times_resent: number }>(
        two.desk.database,
        `SELECT extract(epoch FROM next_resend_at - now())::integer AS seconds, times_resent
         FROM missing_events`,
      );
      delays.push(row!.seconds);
      expect(row!.times_resent).toBe(Math.min(times + 1, 10));
      await hurry();
    }
    expect(delays.slice(0, 4)).toEqual([20, 40, 80, 160]);
    expect(Math.max(...delays)).toBeLessThanOrEqual(3_600);
    expect((await stateOf()).missing).toBe(1);
  });

  it('is done by one of two replicas', async () => {
    await two.publish([ago(MINUTE_MS)]);
    const rounds = await Promise.all([reconcileEvents(two.desk), reconcileEvents(two.desk)]);
    expect(rounds.filter((round) => round === null).length).toBeLessThanOrEqual(1);
    expect((await two.relay()).length).toBe(1);
  });

  it('moves nothing while a producer is away, and says so', async () => {
    const [id] = await two.publish([ago(MINUTE_MS)]);
    const away = { ...two.desk, producers: [...two.desk.producers, { app: 'gone', types: ['x'] }] };
    await expect(reconcileEvents(away)).rejects.toMatchObject({ status: expect.any(Number) });
    expect(await stateOf()).toMatchObject({ missing: 0, lastSuccessAt: null });
    expect((await stateOf()).error).not.toBeNull();
    expect(await reconcileEvents(two.desk)).toEqual({ found: 1, resent: 1 });
    expect(await two.relay()).toEqual([id]);
  });
});

describe('a producer', () => {
  const types = ['TaskAssigned.v1'];
  const asked = (to: number) =>
    digestPublished(two.producers[0]!.app.database!, {
      types,
      from: new Date(ago(10 * MINUTE_MS)).toISOString(),
      to: new Date(to).toISOString(),
      widthMs: 3_600_000,
    });

  it('claims nothing past a pending event', async () => {
    const [id] = await two.publish([ago(5 * MINUTE_MS)]);
    await two.publish([ago(MINUTE_MS)]);
    const { database } = two.producers[0]!.app;
    await query(database!, 'UPDATE outbox SET published_at = NULL WHERE id = $1', [id]);
    expect(Date.parse((await asked(Date.now())).until)).toBe(timeOfId(id!));
  });

  it('claims nothing past the start of a transaction that may still commit an event', async () => {
    const { database } = two.producers[0]!.app;
    const future = Date.now() + MINUTE_MS;
    const runner = database!.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(
        `INSERT INTO outbox (id, topic, type, subject, data, occurred_at)
         VALUES ($1, 'tasks', 'TaskAssigned.v1', 'x', '{}', now())`,
        [newId()],
      );
      expect(Date.parse((await asked(future)).until)).toBeLessThan(Date.now());
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    expect(Date.parse((await asked(future)).until)).toBe(future);
  });

  it('is for its consumers only, and resends what it keeps', async () => {
    const [id] = await two.publish([ago(MINUTE_MS)]);
    const { client } = two.producers[0]!;
    const body = { ids: [id, newId()] };
    await client.service('gateway').post('/published-events/resend').send(body).expect(404);
    const answer = await client.service('tester').post('/published-events/resend').send(body);
    expect(answer.body).toEqual({ resent: 1 });
    const ids = Array.from({ length: 501 }, () => newId());
    await client.service('tester').post('/published-events/resend').send({ ids }).expect(400);
  });
});
