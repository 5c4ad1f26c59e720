import { databaseEnv, readEnv } from '../shared/config/env';
import { migrate } from '../shared/db/migrate';
import { createBoardDatabase } from './data-source';

void migrate(createBoardDatabase(readEnv(databaseEnv).DATABASE_URL));
