import { catalogue } from '../../services/catalogue';

/** The state store's database. */
const STATE_STORE = 'dapr';
/** The sandbox bank's database. */
export const BANK = 'bank';

/** The roles of a database: `owner` migrates it, `app` serves from it. */
export type DatabaseRole = 'owner' | 'app';

/** Databases with tables of ours, without prefix: the services' and the bank's. */
export function ownedDatabaseNames(): string[] {
  return [...catalogue.flatMap((service) => service.migrates ?? []), BANK];
}

/** Every database of the product, without prefix. */
export function databaseNames(): string[] {
  return [...ownedDatabaseNames(), STATE_STORE];
}

/** The state store has only an app role (daprd creates its tables), the bank only an owner. */
export function rolesOf(database: string): DatabaseRole[] {
  if (database === STATE_STORE) return ['app'];
  if (database === BANK) return ['owner'];
  return ['owner', 'app'];
}
