import { createDataSource, type Database } from '../shared/db/data-source';
import { User } from './entities/user.entity';
import { CreateUser1760000000001 } from './migrations/0001-create-user';

/** The database of the user service; not connected yet. */
export function createUserDatabase(url: string): Database {
  return createDataSource({
    service: 'user',
    url,
    entities: [User],
    migrations: [CreateUser1760000000001],
  });
}
