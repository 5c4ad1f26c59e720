import { databaseEnv, readEnv } from '../shared/config/env';
import { migrate } from '../shared/db/migrate';
import { createPaymentDatabase } from './data-source';

void migrate(createPaymentDatabase(readEnv(databaseEnv).DATABASE_URL));
