import { BANK_TRANSFER_UNKNOWN } from '../../shared/contracts/calls/payment';
import { query, type Database } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';

const NOT_FOUND = 404;

/** Columns of a row of `bank_transfers` that code needs. */
export interface BankTransfer {
  key: string;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
  state: 'in_progress' | 'succeeded' | 'refused' | 'withdrawn';
  bankReference: string | null;
  reason: string | null;
  attempts: number;
  rail: string;
  businessDay: string | null;
  creditorName: string | null;
  /** Who tells the outcome of a transfer that the rail has accepted; null for the rail itself. */
  waitingFor: 'operator' | null;
}

/** Columns of a `BankTransfer`, for SELECT and RETURNING. */
export const BANK_TRANSFER_COLUMNS = `
key, amount_cents AS "amountCents", currency, bank_account AS "bankAccount", state,
bank_reference AS "bankReference", reason, attempts, rail, business_day AS "businessDay",
creditor_name AS "creditorName", waiting_for AS "waitingFor"`;

/**
 * Returns the transfer of the key. Throws 404 `bank-transfer-unknown` when the key is not recorded.
 */
export async function bankTransferOf(database: Database, key: string): Promise<BankTransfer> {
  const sql = `SELECT ${BANK_TRANSFER_COLUMNS} FROM bank_transfers WHERE key = $1`;
  const [row] = await query<BankTransfer>(database, sql, [key]);
  if (!row) throw new Problem(NOT_FOUND, BANK_TRANSFER_UNKNOWN, 'This bank transfer never arrived');
  return row;
}
