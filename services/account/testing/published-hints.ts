import { changes, type Hint } from '../../shared/contracts/events/hints';
import { query, type Database } from '../../shared/db/data-source';

/** Returns the hints of each published event, in the order of ids. */
export async function publishedHints(database: Database): Promise<Hint[][]> {
  const sql = `SELECT data FROM outbox WHERE topic = 'hints' ORDER BY id`;
  const rows = await query<{ data: object }>(database, sql);
  return rows.map(({ data }) => changes.parse(data).hints);
}
