import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, type Database } from '../db/data-source';
import { GRANT_APP_ROLE } from '../db/grants';
import { CREATE_MESSAGING_TABLES } from '../messaging/tables';

class CreateMessaging1760000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_MESSAGING_TABLES);
    // No key: a second effect of one event must show, nothing but the inbox keeps it away.
    await runner.query('CREATE TABLE effects (event_id uuid, number integer CHECK (number <> 13))');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('never taken back'));
  }
}

/** A database with the messaging tables and a table of effects, for tests of messaging itself. */
export function createMessagingDatabase(url: string): Database {
  const migrations = [CreateMessaging1760000000000];
  return createDataSource({ service: 'messaging-test', url, entities: [], migrations });
}
