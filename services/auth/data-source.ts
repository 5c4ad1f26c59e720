import { createDataSource, type Database } from '../shared/db/data-source';
import { Session } from './entities/session.entity';
import { UserCopy } from './entities/user-copy.entity';
import { createAuth } from './migrations/0001-create-auth';
import { addTokenFamilies } from './migrations/0002-add-token-families';
import { addDevices } from './migrations/0003-add-devices';
import { bindSchemesToHashes } from './migrations/0004-bind-schemes-to-hashes';
import { indexByBlocks } from './migrations/0005-index-by-blocks';
import { operate } from './migrations/0006-operate';

/** Returns Auth's data source, not connected yet. */
export function createAuthDatabase(url: string): Database {
  return createDataSource({
    service: 'auth',
    url,
    entities: [UserCopy, Session],
    migrations: [
      createAuth,
      addTokenFamilies,
      addDevices,
      bindSchemesToHashes,
      indexByBlocks,
      operate,
    ],
  });
}
