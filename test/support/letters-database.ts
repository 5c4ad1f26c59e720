import { createDataSource, type Database } from '../../services/shared/db/data-source';
import { createUser } from '../../services/user/migrations/0001-create-user';
import { createDueLetters } from '../../services/user/migrations/0002-create-due-letters';
import { findUnsentLetters } from '../../services/user/migrations/0006-find-unsent-letters';
import { forgetLetters } from '../../services/user/migrations/0008-forget-letters';

/** Returns the data source of a database with User's tables of letters, for tests of sending. */
export const createLettersDatabase = (url: string): Database =>
  createDataSource({
    service: 'letters-test',
    url,
    entities: [],
    migrations: [createUser, createDueLetters, findUnsentLetters, forgetLetters],
  });
