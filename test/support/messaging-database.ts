import { createDataSource, type Database } from '../../services/shared/db/data-source';
import type { Migration } from '../../services/shared/db/migration';
import { createUser } from '../../services/user/migrations/0001-create-user';
import { createDueLetters } from '../../services/user/migrations/0002-create-due-letters';
import { indexByBlocks } from '../../services/user/migrations/0009-index-by-blocks';
import { operate } from '../../services/user/migrations/0011-operate';

/** No unique key, so that a duplicate effect is visible: only the inbox may prevent it. */
const createEffects: Migration = {
  name: 'CreateEffects1760000000099',
  sql: 'CREATE TABLE effects (event_id uuid, number integer CHECK (number <> 13))',
};

/** Returns the data source of a database with User's messaging tables and a table of effects. */
export function createMessagingDatabase(url: string): Database {
  const migrations = [createUser, createDueLetters, indexByBlocks, operate, createEffects];
  return createDataSource({ service: 'messaging-test', url, entities: [], migrations });
}
