import { query, type Database, type Tx } from '../../shared/db/data-source';
import type { Day } from '../../shared/kernel/business-day';
import { conflict, notFound } from '../../shared/kernel/errors';
import { derivedId } from '../../shared/kernel/ids';
import { MAX_TRANSFERS_PER_FILE } from '../domain/payment-file';

/** Payment file, or the collection of orders that becomes the next file of its day. */
export interface PaymentFile {
  id: string;
  businessDay: Day;
  currency: string;
  /** From 1, per business day and currency. */
  number: number;
  /** Null while the collection is open: its orders are not in a file yet. */
  messageId: string | null;
  createdAt: Date | null;
  totalCents: bigint;
  waiting: number;
  succeeded: number;
  refused: number;
  /** Those of `succeeded` whose money the bank sent back. */
  returned: number;
}

/** Place in the list: newest day first, then currency, then the highest number. */
export type FilePlace = Pick<PaymentFile, 'businessDay' | 'currency' | 'number'>;

type Row = Omit<PaymentFile, 'id'> & { id: string | null };

/** Orders that wait for a file: the oldest make the next one. */
const COLLECTIONS = `
SELECT NULL::uuid AS id, business_day, currency,
  1 + coalesce((SELECT max(number) FROM payment_files AS file
    WHERE file.business_day = unfiled.business_day AND file.currency = unfiled.currency), 0)
    AS number,
  NULL::text AS message_id, NULL::timestamptz AS created_at, sum(amount_cents)::bigint AS total,
  count(*)::integer AS waiting, 0 AS succeeded, 0 AS refused,
  0 AS returned
FROM (
  SELECT business_day, currency, amount_cents,
    row_number() OVER (PARTITION BY business_day, currency ORDER BY created_at, key) AS place
  FROM bank_transfers AS transfer
  WHERE state = 'in_progress' AND waiting_for = 'operator'
    AND NOT EXISTS (SELECT FROM payment_file_transfers AS filed WHERE filed.key = transfer.key)
) AS unfiled
WHERE place <= ${MAX_TRANSFERS_PER_FILE}
GROUP BY business_day, currency`;

const COUNTED = `
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE state = 'in_progress')::integer AS waiting,
    count(*) FILTER (WHERE state = 'succeeded')::integer AS succeeded,
    count(*) FILTER (WHERE state = 'refused')::integer AS refused,
    count(returned_transfers.key)::integer AS returned
  FROM payment_file_transfers JOIN bank_transfers USING (key)
  LEFT JOIN returned_transfers USING (key) WHERE file_id = listed.id
) AS counted`;

const COLUMNS = `
business_day AS "businessDay", currency, number, message_id AS "messageId",
created_at AS "createdAt", total AS "totalCents"`;

/** The files of the page are chosen first: transfers are counted for those alone. */
const LIST = `
WITH places AS (
  SELECT id, business_day, currency, number, message_id, created_at, total_cents AS total,
    NULL::integer AS waiting
  FROM payment_files
  UNION ALL
  SELECT id, business_day, currency, number, message_id, created_at, total, waiting
  FROM (${COLLECTIONS}) AS open
), listed AS (
  SELECT * FROM places
  WHERE $1::date IS NULL OR (business_day, currency, number) < ($1, $2::text, $3::integer)
  ORDER BY business_day DESC, currency DESC, number DESC LIMIT $4
)
SELECT listed.id, ${COLUMNS}, coalesce(listed.waiting, counted.waiting) AS waiting,
  succeeded, refused, returned
FROM listed ${COUNTED}
ORDER BY business_day DESC, currency DESC, number DESC`;

/** Returns files and open collections, newest day first. */
export async function listPaymentFiles(
  database: Database,
  { after, limit }: { after: FilePlace | null; limit: number },
): Promise<PaymentFile[]> {
  const place = [after?.businessDay ?? null, after?.currency ?? null, after?.number ?? null];
  return (await query<Row>(database, LIST, [...place, limit])).map(withId);
}

const OPEN = `
SELECT id, ${COLUMNS}, waiting, succeeded, refused, returned FROM (${COLLECTIONS}) AS open`;

/** Returns the open collection of the id, or null. */
export async function openCollection(tx: Tx | Database, id: string): Promise<PaymentFile | null> {
  const open = (await query<Row>(tx, OPEN)).map(withId);
  return open.find((one) => one.id === id) ?? null;
}

const FILE = `
SELECT listed.id, ${COLUMNS}, waiting, succeeded, refused, returned
FROM (SELECT *, total_cents AS total FROM payment_files WHERE id = $1) AS listed ${COUNTED}`;

/** Returns a file. Throws 404, 409 `payment-file-open` when it was never downloaded. */
export async function readPaymentFile(tx: Tx | Database, id: string): Promise<PaymentFile> {
  const [row] = await query<Row>(tx, FILE, [id]);
  if (row) return withId(row);
  if (!(await openCollection(tx, id))) throw notFound('Payment file');
  const detail = 'Its orders are not in a file before the first download';
  throw conflict('payment-file-open', 'Download the file first', detail);
}

/** An open collection has the id that its file will have: the number makes it unique. */
function withId({ id, ...row }: Row): PaymentFile {
  const { businessDay, currency, number } = row;
  return { ...row, id: id ?? derivedId('payment-file', businessDay, currency, String(number)) };
}
