import { recordAudit } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { isUniqueViolation } from '../../shared/db/errors';
import { agreedNow } from '../../shared/db/database-clock';
import { conflict } from '../../shared/kernel/errors';
import { invariant } from '../../shared/kernel/invariant';
import type { PaymentContext } from '../context';
import { referenceOf } from '../domain/attempt';
import { newVerdicts, type FiledState, type FileVerdict } from '../domain/file-verdict';
import { readPaymentFile, type PaymentFile } from '../queries/payment-files';

/** A file with its transfers, locked. */
export interface LockedFile {
  messageId: string;
  currency: string;
  transfers: readonly FiledState[];
}

/** Who says something about a file, and what. */
export interface FileDecision {
  fileId: string;
  actorId: string;
  action: 'payment-file.confirmed' | 'payment-file.rejected' | 'payment-file.status-read';
  reason: string | null;
  /** Returns the verdicts on the file's transfers; throws what refuses the decision. */
  judge(file: LockedFile): FileVerdict[];
}

/** Locked in the order of keys, so that two decisions about a file wait for each other. */
const LOCK_TRANSFERS = `
SELECT key, amount_cents AS "amountCents", state
FROM payment_file_transfers JOIN bank_transfers USING (key)
WHERE file_id = $1 ORDER BY key FOR UPDATE OF bank_transfers`;

const SETTLE = `
UPDATE bank_transfers SET state = verdict.outcome, bank_reference = verdict.bank_reference,
  reason = verdict.reason, settled_at = $5
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
  AS verdict (key, outcome, bank_reference, reason)
WHERE bank_transfers.key = verdict.key AND state = 'in_progress'
RETURNING bank_transfers.key`;

/** References of the bank that an executed transfer has already. */
const TAKEN = `
SELECT bank_reference AS taken FROM bank_transfers
WHERE state = 'succeeded' AND bank_reference = ANY ($1::text[])`;

/**
 * Applies a decision to the transfers of a file, all of it or nothing, with one audit row; a
 * repeat changes nothing. Throws 404, 409 `payment-file-open`, 409 `transfer-settled`, 503
 * `clock-off` and what `judge` throws.
 */
export async function settlePaymentFile(
  tx: Tx,
  context: PaymentContext,
  decision: FileDecision,
): Promise<PaymentFile> {
  const { fileId, actorId, action, reason } = decision;
  const { messageId, currency } = await readPaymentFile(tx, fileId);
  const rows = await query<Omit<FiledState, 'reference'>>(tx, LOCK_TRANSFERS, [fileId]);
  const transfers = rows.map((row) => ({ ...row, reference: referenceOf(row.key) }));
  const judged = decision.judge({ messageId: messageId!, currency, transfers });
  const verdicts = await withFreeReferences(tx, newVerdicts(judged, transfers));
  if (verdicts.length > 0) {
    await settle(tx, verdicts, await agreedNow(context, tx));
    const of = (outcome: FileVerdict['outcome']): string[] =>
      verdicts.filter((one) => one.outcome === outcome).map(({ key }) => key);
    const after = { succeeded: of('succeeded'), refused: of('refused') };
    await recordAudit(tx, { actorId, action, subject: fileId, after, reason });
  }
  return readPaymentFile(tx, fileId);
}

async function settle(tx: Tx, verdicts: readonly FileVerdict[], now: Date): Promise<void> {
  const params = [
    verdicts.map(({ key }) => key),
    verdicts.map(({ outcome }) => outcome),
    verdicts.map(({ bankReference }) => bankReference),
    verdicts.map((verdict) => ('reason' in verdict ? verdict.reason : null)),
    now,
  ];
  try {
    const settled = await query(tx, SETTLE, params);
    invariant(settled.length === verdicts.length, 'locked transfers were settled meanwhile');
  } catch (error) {
    if (!isUniqueViolation(error, 'bank_transfers_bank_reference_key')) throw error;
    const detail = 'Another transfer was settled with it at this moment: send the report again';
    throw conflict('bank-reference-taken', 'The bank used a reference twice', detail);
  }
}

/** Replaces references that another transfer has: a bank may book several under one. */
async function withFreeReferences(
  tx: Tx,
  verdicts: readonly FileVerdict[],
): Promise<FileVerdict[]> {
  const given = verdicts.map(({ bankReference }) => bankReference);
  const rows = await query<{ taken: string }>(tx, TAKEN, [given]);
  const taken = new Set(rows.map((row) => row.taken));
  return verdicts.map((verdict) =>
    verdict.outcome === 'succeeded' && taken.has(verdict.bankReference)
      ? { ...verdict, bankReference: referenceOf(verdict.key) }
      : verdict,
  );
}
