import { type z } from 'zod';
import { taskAssigned, type TaskAssigned } from '../../services/shared/contracts/events/tasks';
import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../../services/shared/config/env';
import { query } from '../../services/shared/db/data-source';
import {
  onEvent,
  type Refusal,
  type Subscription,
} from '../../services/shared/messaging/subscription';
import { operate, type Operated } from '../../services/shared/operations/operate';
import {
  startUnderTest,
  type ServiceUnderTest,
} from '../../services/shared/testing/service-under-test';
import { createMessagingDatabase } from './messaging-database';

/** Service with nothing but messages and operations; it handles `TaskAssigned.v1`. */
export interface OperatedUnderTest extends ServiceUnderTest {
  /** Decides which events the handler refuses; none at first. */
  refuse(refusals: (data: TaskAssigned, eventId: string) => Refusal[]): void;
  /** Assignment numbers of the events that had an effect, in order. */
  effects(): Promise<number[]>;
}

/** Starts the service as `tester`; a constraint of its table refuses the number 13. */
export async function startOperated(
  more: Partial<Operated> = {},
  name = 'tester',
): Promise<OperatedUnderTest> {
  let refusals: (data: TaskAssigned, eventId: string) => Refusal[] = () => [];
  const subscription: Subscription = {
    topic: 'tasks',
    handlers: [
      onEvent(taskAssigned, async (tx, events) => {
        const refused = events.flatMap(({ id, data }) => refusals(data, id));
        const applied = events.filter(({ id }) => !refused.some(({ eventId }) => eventId === id));
        await query(tx, 'INSERT INTO effects SELECT * FROM unnest($1::uuid[], $2::integer[])', [
          applied.map(({ id }) => id),
          applied.map(({ data }) => data.assignmentNumber),
        ]);
        return refused;
      }),
    ],
  };
  const subscriptions = [subscription];
  const service = await startUnderTest({
    name,
    readEnv: (environment) =>
      readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv }, environment) as Env,
    createDatabase: createMessagingDatabase,
    create: (env, parts) => {
      const database = createMessagingDatabase(env.DATABASE_URL);
      const { routes, jobs } = operate({ parts, database, subscriptions, ...more });
      return { parts, database, routes, jobs, subscriptions };
    },
  });
  return {
    ...service,
    refuse: (next) => (refusals = next),
    async effects() {
      const sql = 'SELECT number FROM effects ORDER BY number';
      const rows = await query<{ number: number }>(service.app.database!, sql);
      return rows.map(({ number }) => number);
    },
  };
}

type Env = z.infer<z.ZodObject<typeof serviceEnv & typeof databaseEnv & typeof tokenEnv>>;
