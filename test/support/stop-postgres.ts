import { stopRunning } from './running-postgres';

/** Jest's global teardown of the tests that need a database. */
export default async function stopPostgres(): Promise<void> {
  await stopRunning();
}
