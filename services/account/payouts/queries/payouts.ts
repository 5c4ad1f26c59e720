import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { PayoutState } from '../domain/payout';
import type { AttemptFacts, DecisionFacts, PayoutFacts } from '../domain/timeline';
import { conditionsOf, type PayoutFilter } from './payout-filter';

export { payoutStates } from '../domain/payout';

export type LetterState = 'due' | 'sent' | 'failed';

/** Payout with its attempts and everything that its timeline is made of. */
export interface PayoutRecord extends PayoutFacts {
  id: string;
  /** Null for the management's payouts. */
  userId: string | null;
  day: Day;
  amountCents: bigint;
  state: PayoutState;
  /** Reason for accountants. */
  reason: string | null;
  /** Oldest first. */
  attempts: AttemptFacts[];
  /** State of the newest letter; null before the first, and for the management's payouts. */
  letterState: LetterState | null;
  /** When the newest letter about the payout was sent; null for the management's payouts. */
  letterSentAt: Date | null;
  bankReference: string | null;
  /** When Payment is asked again about a payout without a clear answer. */
  nextTryAt: Date | null;
}

/** Place of a payout in the list. */
export interface PayoutPlace {
  day: Day;
  id: string;
}

type InJson<Facts> = {
  [Key in keyof Facts]: Facts[Key] extends Date | null ? string | null : Facts[Key];
};

interface Row {
  id: string;
  user_id: string | null;
  day: Day;
  amount_cents: bigint;
  state: PayoutState;
  reason: string | null;
  planned_at: Date;
  changed_at: Date | null;
  next_try_at: Date | null;
  attempts: InJson<AttemptFacts>[];
  decisions: InJson<DecisionFacts>[];
  returned_at: Date | null;
  returned_reason: string | null;
  returned_letter_sent_at: Date | null;
  letter_state: LetterState | null;
  letter_sent_at: Date | null;
  bank_reference: string | null;
}

/**
 * A letter's row is deleted after its retention: then the attempt says whether it was sent. The
 * audit log says who decided; its rows are found by their subject.
 */
const SELECT = `
SELECT payouts.id, accounts.user_id, payouts.day, payouts.amount_cents, payouts.state,
  payouts.reason, planned_at, CASE WHEN isfinite(changed_at) THEN changed_at END AS changed_at,
  CASE WHEN payouts.state IN ('unknown', 'needs_review') AND isfinite(lease_until)
    THEN lease_until END AS next_try_at,
  tried.attempts, tried.bank_reference, tried.letter_sent_at, letter.state AS letter_state,
  coalesce(decided.decisions, '[]') AS decisions,
  back.occurred_at AS returned_at, back.reason AS returned_reason,
  back.letter_sent_at AS returned_letter_sent_at
FROM payouts JOIN accounts ON accounts.id = payouts.account_id
CROSS JOIN LATERAL (
  SELECT max(bank_reference) FILTER (WHERE outcome = 'succeeded') AS bank_reference,
    max(letter_sent_at) AS letter_sent_at,
    coalesce(jsonb_agg(jsonb_build_object('number', number, 'at', started_at, 'outcome', outcome,
      'reason', reason, 'finding', finding, 'bankAccount', bank_account, 'settledAt', settled_at,
      'letterSentAt', letter_sent_at) ORDER BY number), '[]') AS attempts
  FROM payout_attempts WHERE payout_id = payouts.id
) AS tried
LEFT JOIN LATERAL (
  SELECT CASE WHEN letter_sent_at IS NOT NULL THEN 'sent'
    ELSE coalesce(due_letters.state, 'failed') END AS state
  FROM payout_attempts LEFT JOIN due_letters ON due_letters.id = letter_id
  WHERE payout_id = payouts.id AND (letter_id IS NOT NULL OR letter_sent_at IS NOT NULL)
  ORDER BY number DESC LIMIT 1
) AS letter ON true
CROSS JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('at', at, 'kind', split_part(action, '.', 2),
    'by', actor_id, 'reason', details ->> 'reason') ORDER BY at, audit_log.id) AS decisions
  FROM audit_log WHERE subject = payouts.id::text
    AND action IN ('payout.retried', 'payout.cancelled', 'payout.resolved')
) AS decided
LEFT JOIN LATERAL (
  SELECT occurred_at, transfers.reason, letter_sent_at FROM transfers
  LEFT JOIN returned_transfers ON returned_transfers.payout_id = payouts.id
  WHERE payouts.state = 'returned' AND transfers.payout_id = payouts.id AND kind = 'return'
) AS back ON true`;

/** Returns payouts, newest first. */
export async function listPayouts(
  database: Database,
  filter: PayoutFilter,
  { after, limit }: { after: PayoutPlace | null; limit: number },
): Promise<PayoutRecord[]> {
  const { where, params } = conditionsOf(filter);
  const [day, id, count] = [1, 2, 3].map((nth) => `$${params.length + nth}`);
  const sql = `${SELECT}
    WHERE ${where} AND (${day}::date IS NULL OR (payouts.day, payouts.id) < (${day}, ${id}::uuid))
    ORDER BY payouts.day DESC, payouts.id DESC LIMIT ${count}`;
  const place = [after?.day ?? null, after?.id ?? null, limit];
  return (await query<Row>(database, sql, [...params, ...place])).map(fromRow);
}

/** Returns a payout. Throws 404. */
export async function readPayout(tx: Tx | Database, id: string): Promise<PayoutRecord> {
  const [row] = await query<Row>(tx, `${SELECT} WHERE payouts.id = $1`, [id]);
  if (!row) throw notFound('Payout');
  return fromRow(row);
}

const dateOrNull = (at: string | null): Date | null => (at === null ? null : new Date(at));

function fromRow(row: Row): PayoutRecord {
  const { returned_at: at, returned_reason: reason, returned_letter_sent_at: sentAt } = row;
  return {
    id: row.id,
    userId: row.user_id,
    day: row.day,
    amountCents: row.amount_cents,
    state: row.state,
    reason: row.reason,
    plannedAt: row.planned_at,
    changedAt: row.changed_at,
    nextTryAt: row.next_try_at,
    attempts: row.attempts.map(({ at, settledAt, letterSentAt, ...rest }) => ({
      ...rest,
      at: new Date(at!),
      settledAt: dateOrNull(settledAt),
      letterSentAt: dateOrNull(letterSentAt),
    })),
    decisions: row.decisions.map(({ at, ...rest }) => ({ ...rest, at: new Date(at!) })),
    returned: at === null ? null : { at, reason, letterSentAt: sentAt },
    letterState: row.letter_state,
    letterSentAt: row.letter_sent_at,
    bankReference: row.bank_reference,
  };
}
