import { databaseEnv, readEnv } from '../shared/config/env';
import { migrate } from '../shared/db/migrate';
import { createAuthDatabase } from './data-source';

void migrate(createAuthDatabase(readEnv(databaseEnv).DATABASE_URL));
