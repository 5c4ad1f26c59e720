import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { BeakShapeHasher } from './crypto/beak-shape-hasher';

/** What commands and queries receive. */
export interface AuthContext extends Clocks {
  database: Database;
  hasher: BeakShapeHasher;
  /** The issuer of access tokens. */
  issuer: string;
}
