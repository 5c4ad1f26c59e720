import { databaseEnv, port, readEnv, serviceEnv } from '../../../shared/config/env';
import { migrate } from '../../../shared/db/migrate';
import { SandboxBank } from './app';
import { createBankDatabase } from './book';

/** Stands in for the bank in development and in the end-to-end tests. */
async function main(): Promise<void> {
  const { HOST, LOG_LEVEL } = serviceEnv;
  const env = readEnv({ HOST, LOG_LEVEL, PORT: port, ...databaseEnv });
  await migrate(createBankDatabase(env.DATABASE_URL));
  const database = await createBankDatabase(env.DATABASE_URL).initialize();
  const server = new SandboxBank(database, env.LOG_LEVEL).app().listen(env.PORT, env.HOST);

  const stop = (): void => {
    server.close(() => void database.destroy());
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
