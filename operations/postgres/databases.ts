import { catalogue } from '../../services/catalogue';

/** Databases that belong to no service of the catalogue. */
const STATE_STORE = 'dapr';
/** The sandbox bank's. */
export const BANK = 'bank';

/** The rights of a role in a database: the owner migrates it, the app serves from it. */
export type DatabaseRole = 'owner' | 'app';

/** The databases with tables of ours, without prefix: those of the services, and the bank's. */
export function ownedDatabaseNames(): string[] {
  return [...catalogue.flatMap((service) => service.migrates ?? []), BANK];
}

/** Every database of the product, without prefix. */
export function databaseNames(): string[] {
  return [...ownedDatabaseNames(), STATE_STORE];
}

/** The state store has one role (daprd makes its tables itself), so has the sandbox bank. */
export function rolesOf(database: string): DatabaseRole[] {
  if (database === STATE_STORE) return ['app'];
  if (database === BANK) return ['owner'];
  return ['owner', 'app'];
}
