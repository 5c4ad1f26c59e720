import { query, type Database } from '../../shared/db/data-source';

/** How those stand who are on their way to be active. */
export interface RegistrationMeasures {
  /** Given up within the last day, for lack of a beak shape or of consent. */
  givenUp: number;
  /** How long the oldest has been waiting for an account, in seconds; 0 when nobody is. */
  oldestWithoutAccountSeconds: number;
}

const MEASURE = `
SELECT
  (SELECT count(*) FROM users
     WHERE given_up_at > now() - interval '1 day')::integer AS "givenUp",
  greatest((SELECT coalesce(extract(epoch FROM now() - min(inactive_since)), 0) FROM users
     WHERE status = 'inactive' AND account_opened_at IS NULL), 0)::float8
    AS "oldestWithoutAccountSeconds"`;

/** Counts registrations given up, and looks for those that wait for their account. */
export async function measureRegistrations(database: Database): Promise<RegistrationMeasures> {
  const [row] = await query<RegistrationMeasures>(database, MEASURE);
  return row!;
}
