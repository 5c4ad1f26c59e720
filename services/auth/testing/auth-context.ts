import type { Database } from '../../shared/db/data-source';
import { serviceClocks } from '../../shared/db/database-clock';
import type { AuthContext } from '../context';
import { BeakShapeHasher } from '../crypto/beak-shape-hasher';

/** What commands receive, on that database; at that moment when one is given. */
export function contextOn(database: Database, moment?: Date): AuthContext {
  const fixed = moment && { now: () => Promise.resolve(moment), clock: () => moment };
  const context = { ...serviceClocks, database, hasher: new BeakShapeHasher(), issuer: 'popug' };
  return { ...context, ...fixed };
}
