import { createDataSource, type Database } from '../shared/db/data-source';
import { createBankTransfers } from './migrations/0001-create-bank-transfers';
import { referencesOfRefusals } from './migrations/0002-references-of-refusals';
import { withdrawnTransfers } from './migrations/0003-withdrawn-transfers';
import { railsAndFiles } from './migrations/0004-rails-and-files';
import { returnedTransfers } from './migrations/0005-returned-transfers';
import { operate } from './migrations/0006-operate';
import { returnsToldByPeople } from './migrations/0007-returns-told-by-people';

/** Creates Payment's database; opens no connection. */
export function createPaymentDatabase(url: string): Database {
  return createDataSource({
    service: 'payment',
    url,
    entities: [],
    migrations: [
      createBankTransfers,
      referencesOfRefusals,
      withdrawnTransfers,
      railsAndFiles,
      returnedTransfers,
      operate,
      returnsToldByPeople,
    ],
  });
}
