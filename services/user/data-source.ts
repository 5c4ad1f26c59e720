import { createDataSource, type Database } from '../shared/db/data-source';
import { User } from './entities/user.entity';
import { CreateUser1760000000001 } from './migrations/0001-create-user';
import { CreateDueLetters1760000000002 } from './migrations/0002-create-due-letters';
import { CompareNamesBySight1760000000003 } from './migrations/0003-compare-names-by-sight';
import { WatchAccounts1760000000004 } from './migrations/0004-watch-accounts';
import { ForgetWhatWasTold1760000000005 } from './migrations/0005-forget-what-was-told';
import { FindUnsentLetters1760000000006 } from './migrations/0006-find-unsent-letters';
import { NoticeNamesWithoutLooks1760000000007 } from './migrations/0007-notice-names-without-looks';
import { ForgetLetters1760000000008 } from './migrations/0008-forget-letters';

/** The database of the user service; not connected yet. */
export function createUserDatabase(url: string): Database {
  return createDataSource({
    service: 'user',
    url,
    entities: [User],
    migrations: [
      CreateUser1760000000001,
      CreateDueLetters1760000000002,
      CompareNamesBySight1760000000003,
      WatchAccounts1760000000004,
      ForgetWhatWasTold1760000000005,
      FindUnsentLetters1760000000006,
      NoticeNamesWithoutLooks1760000000007,
      ForgetLetters1760000000008,
    ],
  });
}
