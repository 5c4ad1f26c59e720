import { createDataSource, type Database } from '../shared/db/data-source';
import { CreateBankTransfers1760000000001 } from './migrations/0001-create-bank-transfers';
import { ReferencesOfRefusals1760000000002 } from './migrations/0002-references-of-refusals';
import { WithdrawnTransfers1760000000003 } from './migrations/0003-withdrawn-transfers';

/** Payment's database; not connected yet. */
export function createPaymentDatabase(url: string): Database {
  return createDataSource({
    service: 'payment',
    url,
    entities: [],
    migrations: [
      CreateBankTransfers1760000000001,
      ReferencesOfRefusals1760000000002,
      WithdrawnTransfers1760000000003,
    ],
  });
}
