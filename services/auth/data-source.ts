import { createDataSource, type Database } from '../shared/db/data-source';
import { Session } from './entities/session.entity';
import { UserCopy } from './entities/user-copy.entity';
import { CreateAuth1760000000001 } from './migrations/0001-create-auth';
import { AddTokenFamilies1760000000002 } from './migrations/0002-add-token-families';
import { AddDevices1760000000003 } from './migrations/0003-add-devices';
import { BindSchemesToHashes1760000000004 } from './migrations/0004-bind-schemes-to-hashes';

/** The database of the auth service; not connected yet. */
export function createAuthDatabase(url: string): Database {
  return createDataSource({
    service: 'auth',
    url,
    entities: [UserCopy, Session],
    migrations: [
      CreateAuth1760000000001,
      AddTokenFamilies1760000000002,
      AddDevices1760000000003,
      BindSchemesToHashes1760000000004,
    ],
  });
}
