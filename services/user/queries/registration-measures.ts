import { query, type Database } from '../../shared/db/data-source';

/** Measures of registrations on their way to activation. */
export interface RegistrationMeasures {
  /** Number of registrations given up within the last day, without beak shape or approval. */
  givenUp: number;
  /** Longest wait of an inactive person for an account, in seconds; 0 when nobody waits. */
  oldestWithoutAccountSeconds: number;
}

const MEASURE = `
SELECT
  (SELECT count(*) FROM users
     WHERE given_up_at > now() - interval '1 day')::integer AS "givenUp",
  greatest((SELECT coalesce(extract(epoch FROM now() - min(inactive_since)), 0) FROM users
     WHERE status = 'inactive' AND account_opened_at IS NULL), 0)::float8
    AS "oldestWithoutAccountSeconds"`;

/** Measures given-up registrations and those that wait for an account. */
export async function measureRegistrations(database: Database): Promise<RegistrationMeasures> {
  const [row] = await query<RegistrationMeasures>(database, MEASURE);
  return row!;
}
