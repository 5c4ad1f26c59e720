/**
 * Transfers in one file; more orders of a day make further files. A report about a full file, with
 * a kilobyte for each transfer, fits into the limit of a status report.
 */
export const MAX_TRANSFERS_PER_FILE = 2_000;

/** State of a file, by the transfers that have no outcome yet. */
export type PaymentFileState = 'open' | 'waiting' | 'settled';

/** Returns `open` before the first download, `settled` when every transfer has an outcome. */
export function stateOfFile(file: { messageId: string | null; waiting: number }): PaymentFileState {
  if (file.messageId === null) return 'open';
  return file.waiting > 0 ? 'waiting' : 'settled';
}

/** Returns the name under which a browser saves the file. */
export function fileName(file: { businessDay: string; currency: string; number: number }): string {
  return `payouts-${file.businessDay}-${file.currency}-${file.number}.xml`;
}
