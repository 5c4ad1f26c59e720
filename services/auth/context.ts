import type { Database } from '../shared/db/data-source';
import type { Clock } from '../shared/kernel/clock';
import type { BeakShapeHasher } from './steps/hash-beak-shape';

/** What commands and queries receive. */
export interface AuthContext {
  database: Database;
  hasher: BeakShapeHasher;
  clock: Clock;
  /** The issuer of access tokens. */
  issuer: string;
}
