import type { Database } from '../../shared/db/data-source';
import { serviceClocks } from '../../shared/db/database-clock';
import type { AuthContext } from '../context';
import { BeakShapeHasher } from '../crypto/beak-shape-hasher';

/** Returns the context of commands; with a moment, both clocks stand still there. */
export function contextOn(database: Database, moment?: Date): AuthContext {
  const fixed = moment && { now: () => Promise.resolve(moment), clock: () => moment };
  const context = { ...serviceClocks, database, hasher: new BeakShapeHasher(), issuer: 'popug' };
  return { ...context, ...fixed };
}
