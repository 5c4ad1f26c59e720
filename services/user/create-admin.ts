import { parseArgs } from 'node:util';
import { z } from 'zod';
import { databaseEnv, readEnv, serviceEnv } from '../shared/config/env';
import {
  bankAccount,
  beakShape,
  email,
  fullName,
  locale,
  nickname,
  uuid,
} from '../shared/contracts/fields';
import { Sidecar } from '../shared/dapr/sidecar';
import type { Database } from '../shared/db/data-source';
import { serviceClocks } from '../shared/db/database-clock';
import { isSchemaCurrent } from '../shared/db/migrate';
import { toProblem } from '../shared/http/problems';
import { systemClock, type Clock } from '../shared/kernel/clock';
import { derivedId } from '../shared/kernel/ids';
import { createLogger } from '../shared/observability/logger';
import { Signal } from '../shared/work/signal';
import { createFirstAdmin } from './commands/create-first-admin';
import { createUserDatabase } from './data-source';
import { User } from './entities/user.entity';

const PATIENCE_MS = 180_000;
const POLL_MS = 200;
const UNAVAILABLE = 503;
const FAILED = 1;

const environment = {
  ...databaseEnv,
  LOG_LEVEL: serviceEnv.LOG_LEVEL,
  DAPR_HTTP_PORT: serviceEnv.DAPR_HTTP_PORT,
  DAPR_API_TOKEN: serviceEnv.DAPR_API_TOKEN,
  /** Not an argument: arguments show in the process list. */
  ADMIN_BEAK_SHAPE: beakShape,
};

const text = { type: 'string' } as const;
const options = {
  id: text,
  nickname: text,
  email: text,
  'bank-account': text,
  'full-name': text,
  locale: text,
};

const person = z.object({
  id: uuid.optional(),
  nickname,
  email,
  'bank-account': bankAccount,
  'full-name': fullName.optional(),
  locale: locale.default('en'),
});

function isActive(database: Database, id: string): Promise<boolean> {
  return database.manager.existsBy(User, { id, status: 'active', role: 'admin' });
}

/** Polls until `isDone` returns true, also through 503. Throws after three minutes. */
async function patiently(clock: Clock, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = clock().getTime() + PATIENCE_MS;
  for (;;) {
    const isLate = clock().getTime() > deadline;
    try {
      if (await isDone()) return;
    } catch (error) {
      if (isLate || toProblem(error).status !== UNAVAILABLE) throw error;
    }
    if (isLate) throw new Error('Waited in vain: are user, auth and account running?');
    await new Signal().wait(POLL_MS);
  }
}

/**
 * Creates the first administrator beside the running User service, whose relay publishes the event.
 * Auth accepts calls from the app ids `user` and `create-admin`. Ends when the administrator is
 * active; does nothing for somebody who is one already.
 */
async function main(): Promise<void> {
  const env = readEnv(environment);
  const logger = createLogger('create-admin', env.LOG_LEVEL);
  const sidecar = new Sidecar({ port: env.DAPR_HTTP_PORT, token: env.DAPR_API_TOKEN });
  const database = createUserDatabase(env.DATABASE_URL);
  try {
    const given = person.parse(parseArgs({ options }).values);
    const { 'bank-account': number, 'full-name': holder, ...admin } = given;
    // Derived id: a repeat means the same person and resumes where the first run stopped.
    const id = admin.id ?? derivedId('create-admin', admin.email);
    await database.initialize();
    const context = { ...serviceClocks, database, sidecar };
    const names = { bankAccount: number, fullName: holder };
    const registration = { ...admin, ...names, id, registeredBy: null };
    await patiently(systemClock, () => isSchemaCurrent(database));
    if (await isActive(database, id)) return logger.info({ userId: id }, 'active already');
    await patiently(systemClock, async () => {
      await createFirstAdmin(context, registration, env.ADMIN_BEAK_SHAPE);
      return true;
    });
    await patiently(systemClock, () => isActive(database, id));
    logger.info({ userId: id }, 'the administrator is active');
  } catch (error) {
    logger.fatal({ err: error }, 'no administrator was made');
    process.exitCode = FAILED;
  } finally {
    if (database.isInitialized) await database.destroy();
    await sidecar.close();
  }
}

void main();
