import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { PayoutState } from '../domain/payout';

export { payoutStates } from '../domain/payout';

/** Attempt to transfer a payout. */
export interface PayoutAttempt {
  at: Date;
  /** Null while the attempt is in progress or unclear. */
  outcome: 'succeeded' | 'refused' | null;
  /** Why the transfer was refused; shown to the payee. */
  reason: string | null;
  /** Finding of an accountant, for the books. */
  finding: string | null;
}

/** Payout with its attempts. */
export interface PayoutRecord {
  id: string;
  /** Null for the management's payouts. */
  userId: string | null;
  day: Day;
  amountCents: bigint;
  state: PayoutState;
  /** Reason for accountants. */
  reason: string | null;
  /** Oldest first. */
  attempts: PayoutAttempt[];
  /** When the newest letter about the payout was sent; null for the management's payouts. */
  letterSentAt: Date | null;
  bankReference: string | null;
}

/** Filter of a list of payouts; null for all. */
export interface PayoutFilter {
  day: Day | null;
  state: PayoutState | null;
  userId: string | null;
}

/** Place of a payout in the list. */
export interface PayoutPlace {
  day: Day;
  id: string;
}

interface Row {
  id: string;
  user_id: string | null;
  day: Day;
  amount_cents: bigint;
  state: PayoutState;
  reason: string | null;
  attempts: (Omit<PayoutAttempt, 'at'> & { at: string })[];
  letter_sent_at: Date | null;
  bank_reference: string | null;
}

const SELECT = `
SELECT payouts.id, accounts.user_id, payouts.day, payouts.amount_cents, payouts.state,
  payouts.reason, tried.attempts, tried.bank_reference, tried.letter_sent_at
FROM payouts JOIN accounts ON accounts.id = payouts.account_id
CROSS JOIN LATERAL (
  SELECT max(bank_reference) FILTER (WHERE outcome = 'succeeded') AS bank_reference,
    max(letter_sent_at) AS letter_sent_at,
    coalesce(jsonb_agg(jsonb_build_object('at', started_at, 'outcome', outcome, 'reason', reason,
      'finding', finding) ORDER BY number), '[]') AS attempts
  FROM payout_attempts WHERE payout_id = payouts.id
) AS tried`;

const LIST = `${SELECT}
WHERE ($1::date IS NULL OR payouts.day = $1)
  AND ($2::text IS NULL OR payouts.state = $2)
  AND ($3::uuid IS NULL OR accounts.user_id = $3)
  AND ($4::date IS NULL OR (payouts.day, payouts.id) < ($4, $5::uuid))
ORDER BY payouts.day DESC, payouts.id DESC LIMIT $6`;

/** Returns payouts, newest first. */
export async function listPayouts(
  database: Database,
  { day, state, userId }: PayoutFilter,
  { after, limit }: { after: PayoutPlace | null; limit: number },
): Promise<PayoutRecord[]> {
  const params = [day, state, userId, after?.day ?? null, after?.id ?? null, limit];
  return (await query<Row>(database, LIST, params)).map(fromRow);
}

/** Returns a payout. Throws 404. */
export async function readPayout(tx: Tx | Database, id: string): Promise<PayoutRecord> {
  const [row] = await query<Row>(tx, `${SELECT} WHERE payouts.id = $1`, [id]);
  if (!row) throw notFound('Payout');
  return fromRow(row);
}

function fromRow(row: Row): PayoutRecord {
  return {
    id: row.id,
    userId: row.user_id,
    day: row.day,
    amountCents: row.amount_cents,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts.map(({ at, ...rest }) => ({ at: new Date(at), ...rest })),
    letterSentAt: row.letter_sent_at,
    bankReference: row.bank_reference,
  };
}
