import { z } from 'zod';
import { databaseEnv, port, readEnv, serviceEnv } from '../../../shared/config/env';
import { migrate } from '../../../shared/db/migrate';
import { closeServer, listen } from '../../../shared/http/server';
import { runProgram } from '../../../shared/runtime/run-program';
import { SandboxBank } from './app';
import { createBankDatabase } from './book';

/** Runs the sandbox bank, for development and end-to-end tests. */
async function main(): Promise<void> {
  const { HOST, LOG_LEVEL } = serviceEnv;
  const LETTERS_URL = z.url({ protocol: /^https?$/ }).optional();
  const env = readEnv({ HOST, LOG_LEVEL, LETTERS_URL, PORT: port, ...databaseEnv });
  await migrate(createBankDatabase(env.DATABASE_URL));
  const database = await createBankDatabase(env.DATABASE_URL).initialize();
  const lettersUrl = env.LETTERS_URL ?? null;
  const bank = new SandboxBank(database, env.LOG_LEVEL, lettersUrl).app();
  const server = await listen(bank.callback(), env.HOST, env.PORT);

  const stop = (): void => void closeServer(server).then(() => database.destroy());
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

runProgram(main);
