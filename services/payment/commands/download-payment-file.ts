import { recordAudit } from '../../shared/db/audit-log';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { addDays, businessDayOf, type Day } from '../../shared/kernel/business-day';
import { conflict, notFound } from '../../shared/kernel/errors';
import { writeXml } from '../clients/xml';
import type { PaymentContext } from '../context';
import { referenceOf } from '../domain/attempt';
import { creditTransferMessage, totalOf, type FiledTransfer } from '../domain/credit-transfer';
import { MAX_TRANSFERS_PER_FILE, fileName } from '../domain/payment-file';
import { openCollection, type PaymentFile } from '../queries/payment-files';

/** Document of a payment file, and the name to save it under. */
export interface Download {
  name: string;
  document: string;
}

/** Advisory lock key (arbitrary): one file is made at a time. */
const FILES_LOCK = 7_160_301;
const LOCK = 'SELECT pg_advisory_xact_lock($1)';

const DOCUMENT = `
SELECT document, business_day AS "businessDay", currency, number FROM payment_files WHERE id = $1`;

const UNFILED = `
SELECT key, amount_cents AS "amountCents", bank_account AS "bankAccount",
  creditor_name AS "creditorName"
FROM bank_transfers AS transfer
WHERE state = 'in_progress' AND waiting_for = 'operator' AND business_day = $1 AND currency = $2
  AND NOT EXISTS (SELECT FROM payment_file_transfers AS filed WHERE filed.key = transfer.key)
ORDER BY created_at, key LIMIT ${MAX_TRANSFERS_PER_FILE}`;

const INSERT_FILE = `
INSERT INTO payment_files (id, business_day, currency, number, message_id, transfer_count,
  total_cents, document, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

const INSERT_TRANSFERS = `
INSERT INTO payment_file_transfers (key, file_id, place)
SELECT key, $2, place FROM unnest($1::uuid[]) WITH ORDINALITY AS filed (key, place)`;

/**
 * Returns a payment file's document. The first download makes the file of the orders that have
 * arrived; every later one returns the same bytes, and later orders go into the next file of the
 * day. Throws 404, 409 `company-unknown` when the company's settings are missing, 503 `clock-off`.
 */
export async function downloadPaymentFile(
  context: PaymentContext,
  id: string,
  actorId: string,
): Promise<Download> {
  const made = await documentOf(context.database, id);
  if (made) return made;
  return context.database.transaction(async (tx) => {
    await query(tx, LOCK, [FILES_LOCK]);
    const madeMeanwhile = await documentOf(tx, id);
    if (madeMeanwhile) return madeMeanwhile;
    const open = await openCollection(tx, id);
    if (!open) throw notFound('Payment file');
    return makeFile(tx, context, open, actorId);
  });
}

async function documentOf(tx: Tx | Database, id: string): Promise<Download | null> {
  type Row = Pick<PaymentFile, 'businessDay' | 'currency' | 'number'> & { document: string };
  const [row] = await query<Row>(tx, DOCUMENT, [id]);
  return row ? { name: fileName(row), document: row.document } : null;
}

async function makeFile(
  tx: Tx,
  context: PaymentContext,
  open: PaymentFile,
  actorId: string,
): Promise<Download> {
  const { id, businessDay, currency, number } = open;
  const { company } = context;
  if (company === null) throw conflict('company-unknown', 'The company’s account is not set');
  const createdAt = await agreedNow(context, tx);
  type Order = Omit<FiledTransfer, 'reference'> & { key: string };
  const orders = await query<Order>(tx, UNFILED, [businessDay, currency]);
  const transfers = orders.map(({ key, ...order }) => ({ reference: referenceOf(key), ...order }));
  // Derived from day, currency and number: after a restore from a backup, a bank refuses a second
  // file under the id of one that it has.
  const messageId = referenceOf(id);
  const executionDay = laterOf(businessDay, dateIn(context.timeZone, createdAt));
  const content = { messageId, createdAt, executionDay, businessDay, currency, company, transfers };
  const document = writeXml(creditTransferMessage(content));
  const total = totalOf(transfers);
  await query(tx, INSERT_FILE, [
    ...[id, businessDay, currency, number, messageId, transfers.length, total],
    ...[document, createdAt, actorId],
  ]);
  await query(tx, INSERT_TRANSFERS, [orders.map(({ key }) => key), id]);
  const after = { businessDay, currency, number, count: transfers.length, total: String(total) };
  await recordAudit(tx, { actorId, action: 'payment-file.made', subject: id, after });
  return { name: fileName(open), document };
}

const MIDNIGHT = '00:00';

/** Returns the calendar date in a time zone: the day that began at the last midnight. */
function dateIn(timeZone: string, moment: Date): Day {
  return addDays(businessDayOf(moment, { timeZone, cutOff: MIDNIGHT }), -1);
}

/** Banks refuse execution days in the past. Days compare as text. */
function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}
