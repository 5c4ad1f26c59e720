import type { Database } from '../../shared/db/data-source';
import type { Clocks } from '../../shared/db/database-clock';
import { readStatement } from '../clients/bank-statement';
import { findUnexplained, settledWithin } from '../queries/unexplained';

/** What comparing with the bank needs. */
export interface StatementContext extends Pick<Clocks, 'now'> {
  database: Database;
  bankUrl: string;
}

const HOUR_MS = 3_600_000;
/** Longer than a bank that is down keeps transfers waiting; each run compares it again. */
const SPAN_MS = 48 * HOUR_MS;
/** An outcome is recorded within seconds, or a transfer is asked about again. */
const SETTLED_AFTER_MS = 600_000;

/**
 * Compares the transfers of the last two days with the bank's statement, both ways. Returns
 * references that only the bank has, or has otherwise, and keys that it lacks. Throws 503 when the
 * bank is away.
 */
export async function compareWithBank(context: StatementContext): Promise<string[]> {
  const { database, bankUrl } = context;
  const now = (await context.now(database)).getTime();
  const [from, to] = [new Date(now - SPAN_MS), new Date(now - SETTLED_AFTER_MS)];
  const booked = new Set<string>();
  const unexplained: string[] = [];
  for await (const lines of readStatement(bankUrl, from, new Date(now + SETTLED_AFTER_MS))) {
    for (const { reference } of lines) booked.add(reference);
    const settled = lines.filter(({ bookedAt }) => Date.parse(bookedAt) < to.getTime());
    unexplained.push(...(await findUnexplained(database, settled)));
  }
  const ours = await settledWithin(database, from, to);
  const lacking = ours.filter(({ reference }) => !booked.has(reference));
  return [...unexplained, ...lacking.map(({ key }) => key)];
}
