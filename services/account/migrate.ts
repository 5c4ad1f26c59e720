import { databaseEnv, readEnv } from '../shared/config/env';
import { migrate } from '../shared/db/migrate';
import { createAccountDatabase } from './data-source';

void migrate(createAccountDatabase(readEnv(databaseEnv).DATABASE_URL));
