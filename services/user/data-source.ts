import { createDataSource, type Database } from '../shared/db/data-source';
import { Group } from './entities/group.entity';
import { User } from './entities/user.entity';
import { createUser } from './migrations/0001-create-user';
import { createDueLetters } from './migrations/0002-create-due-letters';
import { compareNamesBySight } from './migrations/0003-compare-names-by-sight';
import { watchAccounts } from './migrations/0004-watch-accounts';
import { forgetWhatWasTold } from './migrations/0005-forget-what-was-told';
import { findUnsentLetters } from './migrations/0006-find-unsent-letters';
import { noticeNamesWithoutLooks } from './migrations/0007-notice-names-without-looks';
import { forgetLetters } from './migrations/0008-forget-letters';
import { indexByBlocks } from './migrations/0009-index-by-blocks';
import { createGroups } from './migrations/0010-create-groups';
import { operate } from './migrations/0011-operate';

/** Returns User's data source, not connected yet. */
export function createUserDatabase(url: string): Database {
  return createDataSource({
    service: 'user',
    url,
    entities: [Group, User],
    migrations: [
      createUser,
      createDueLetters,
      compareNamesBySight,
      watchAccounts,
      forgetWhatWasTold,
      findUnsentLetters,
      noticeNamesWithoutLooks,
      forgetLetters,
      indexByBlocks,
      createGroups,
      operate,
    ],
  });
}
