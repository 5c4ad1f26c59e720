import { databaseEnv, readEnv } from '../shared/config/env';
import { migrate } from '../shared/db/migrate';
import { createUserDatabase } from './data-source';

void migrate(createUserDatabase(readEnv(databaseEnv).DATABASE_URL));
