import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, type Database } from '../db/data-source';
import { GRANT_APP_ROLE } from '../db/grants';
import { CREATE_MESSAGING_TABLES } from '../messaging/tables';

class CreateMessaging1760000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_MESSAGING_TABLES);
    // No key: a second effect of an event must show, only the inbox may prevent it.
    await runner.query('CREATE TABLE effects (event_id uuid, number integer CHECK (number <> 13))');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('never taken back'));
  }
}

/** Returns the data source of a database for tests of messaging, with a table of effects. */
export function createMessagingDatabase(url: string): Database {
  const migrations = [CreateMessaging1760000000000];
  return createDataSource({ service: 'messaging-test', url, entities: [], migrations });
}
