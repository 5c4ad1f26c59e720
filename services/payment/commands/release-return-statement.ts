import { query } from '../../shared/db/data-source';
import type { PaymentContext } from '../context';

const RELEASE = `
UPDATE return_statements SET lease_until = '-infinity', fault = coalesce($2, fault)
WHERE rail = $1`;

/** Ends the lease of a statement of returns; `fault` is an answer that a person must look at. */
export async function releaseReturnStatement(
  { database }: PaymentContext,
  rail: string,
  fault: string | null,
): Promise<void> {
  await query(database, RELEASE, [rail, fault]);
}
