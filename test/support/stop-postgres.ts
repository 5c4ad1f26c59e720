import { stopRunning } from './running-postgres';

/** Jest's global teardown of tests with a database. */
export default async function stopPostgres(): Promise<void> {
  await stopRunning();
}
