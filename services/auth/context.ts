import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { BeakShapeHasher } from './crypto/beak-shape-hasher';

/** Dependencies of commands and queries. */
export interface AuthContext extends Clocks {
  database: Database;
  hasher: BeakShapeHasher;
  /** Issuer (`iss`) of access tokens. */
  issuer: string;
}
