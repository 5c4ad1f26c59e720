import type { RequestListener } from 'node:http';
import { taskAssigned } from '../../services/shared/contracts/events/tasks';
import { query, type Database } from '../../services/shared/db/data-source';
import { newId } from '../../services/shared/kernel/ids';
import type { EventDesk } from '../../services/shared/messaging/reconcile-events';
import { koaOf } from '../../services/shared/runtime/service';
import { cloudEventOf } from '../../services/shared/testing/cloud-events';
import { TEST_APP_TOKEN } from '../../services/shared/testing/test-service';
import { startOperated, type OperatedUnderTest } from './operated-service';

/** A consumer of events and its producers; the test plays the broker between them. */
export interface TwoServices {
  consumer: OperatedUnderTest;
  producers: OperatedUnderTest[];
  /** What the consumer's job compares with. */
  desk: EventDesk;
  /** Writes events of the given moments as published, and returns their ids. */
  publish(momentsMs: readonly number[], producer?: number, type?: string): Promise<string[]>;
  /** Publishes what is pending: delivers it to the consumer, and returns the ids. */
  relay(): Promise<string[]>;
  stop(): Promise<void>;
}

const RUNNING_MS = 60_000;
const PATH = /^\/v1\.0\/invoke\/(\w+)\/method(\/published-events.*)$/;

/** Handler that passes calls on to a producer, as its sidecar does. */
function callsTo(producer: OperatedUnderTest): RequestListener {
  const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
  const handle = koaOf(producer.app, health, true).callback();
  return (request, response) => {
    const headers = { 'dapr-api-token': TEST_APP_TOKEN, 'dapr-caller-app-id': 'tester' };
    Object.assign(request.headers, headers);
    request.url = PATH.exec(request.url!)![2]!;
    void handle(request, response);
  };
}

const INSERT = `
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at)
SELECT id, 'tasks', $2, 'x', $3, now(), now() FROM unnest($1::uuid[]) AS id`;

const TAKE = `
UPDATE outbox SET published_at = now() WHERE published_at IS NULL RETURNING id`;

/** Delivers events with these ids to the consumer. */
export function deliver(consumer: OperatedUnderTest, ids: readonly string[]): Promise<unknown> {
  const events = ids.map((id) => cloudEventOf(taskAssigned, taskAssigned.example, id));
  return consumer.client.deliver('tasks', events).expect(200).then();
}

/** Starts a consumer called `tester` and producers called `producer0`, `producer1`, …. */
export async function startTwo(count = 1): Promise<TwoServices> {
  const consumer = await startOperated();
  const names = Array.from({ length: count }, (_, index) => `producer${index}`);
  const producers = await Promise.all(
    names.map((name) => startOperated({ consumers: ['tester'] }, name)),
  );
  for (const [index, producer] of producers.entries()) {
    const pattern = new RegExp(`^/v1\\.0/invoke/${names[index]!}/method/published-events`);
    consumer.neighbours.takeOver(pattern, callsTo(producer));
  }
  const databaseOf = (index: number): Database => producers[index]!.app.database!;
  return {
    consumer,
    producers,
    desk: {
      consumer: 'tester',
      database: consumer.app.database!,
      sidecar: consumer.app.parts.sidecar,
      logger: consumer.app.parts.logger,
      producers: names.map((app) => ({ app, types: [taskAssigned.type] })),
      runningMs: () => RUNNING_MS,
    },
    async publish(momentsMs, producer = 0, type = taskAssigned.type) {
      const ids = momentsMs.map((ms) => newId(ms));
      await query(databaseOf(producer), INSERT, [ids, type, taskAssigned.example]);
      return ids;
    },
    async relay() {
      const sent: string[] = [];
      for (const index of producers.keys()) {
        const rows = await query<{ id: string }>(databaseOf(index), TAKE);
        sent.push(...rows.map(({ id }) => id));
      }
      if (sent.length > 0) await deliver(consumer, sent);
      return sent.sort();
    },
    async stop() {
      await Promise.all([consumer, ...producers].map((service) => service.stop()));
    },
  };
}
