import { query, type Tx } from '../../../shared/db/data-source';
import { invariant } from '../../../shared/kernel/invariant';
import type { Refusal } from '../../../shared/messaging/subscription';
import type { AccountContext } from '../../context';
import { MANAGEMENT_ACCOUNT_ID } from '../domain/system-accounts';
import { enterLedger } from './enter-ledger';
import { publishEntries } from './publish-entries';

/**
 * Fact that moves money: an assignment is charged its fee, a finished task is credited its reward.
 */
export interface Booking {
  eventId: string;
  taskId: string;
  userId: string;
  /** Null for a reward. */
  assignmentNumber: number | null;
  /** ISO 8601. */
  occurredAt: string;
}

interface Kind {
  name: 'fee' | 'reward';
  amount: 'fee_cents' | 'reward_cents';
  /** Account columns of the employee's side and of the management's side. */
  sides: [employee: string, management: string];
  /** Columns of the natural key: at most one transfer per key. */
  key: string;
}

/** Debits the fee of an assigned task from the assignee, to the management. */
export const FEE: Kind = {
  name: 'fee',
  amount: 'fee_cents',
  sides: ['debit_account_id', 'credit_account_id'],
  key: 'task_id, assignment_number',
};

/** Credits the reward of a finished task to the assignee, from the management. */
export const REWARD: Kind = {
  name: 'reward',
  amount: 'reward_cents',
  sides: ['credit_account_id', 'debit_account_id'],
  key: 'task_id',
};

const ARRIVED = `
arrived AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::timestamptz[])
    AS event (event_id, task_id, user_id, assignment_number, occurred_at)
)`;

/**
 * Returns the statement that books a whole batch. The business day is the first open one that ends
 * after the fact: the fact's own day unless closed, else the open day. A time in the future counts
 * as now (`$6`).
 */
const book = ({ name, amount, sides, key }: Kind): string => `
WITH ${ARRIVED},
known AS (
  SELECT arrived.*, accounts.id AS account_id, prices.${amount} AS amount_cents,
    (SELECT min(day) FROM business_days
     WHERE state = 'open' AND cut_off_at > least(arrived.occurred_at, $6)) AS business_day
  FROM arrived LEFT JOIN accounts USING (user_id) LEFT JOIN prices USING (task_id)
),
booked AS (
  INSERT INTO transfers (id, kind, ${sides.join(', ')}, amount_cents, business_day,
    task_id, assignment_number, event_id, occurred_at)
  SELECT uuid_v7(), '${name}', account_id, '${MANAGEMENT_ACCOUNT_ID}', amount_cents, business_day,
    task_id, assignment_number, event_id, occurred_at
  FROM known
  WHERE account_id IS NOT NULL AND amount_cents > 0 AND business_day IS NOT NULL
  ORDER BY task_id, assignment_number
  ON CONFLICT (${key}) WHERE kind = '${name}' DO NOTHING
  RETURNING event_id
)
SELECT event_id, account_id, amount_cents, business_day,
  event_id IN (SELECT event_id FROM booked) AS is_booked
FROM known`;

/** Returns the query for events whose key belongs to a transfer with other content. */
const findContradictions = ({ name, sides, key }: Kind): string => `
WITH ${ARRIVED}
SELECT arrived.event_id FROM arrived
JOIN accounts USING (user_id)
JOIN transfers USING (${key})
WHERE transfers.kind = '${name}'
  AND (transfers.${sides[0]}, transfers.occurred_at) <> (accounts.id, arrived.occurred_at)`;

interface Outcome {
  event_id: string;
  account_id: string | null;
  amount_cents: bigint | null;
  business_day: string | null;
  is_booked: boolean;
}

/**
 * Books one transfer for each fact, with the amount of the stored price. A fact that is booked
 * already changes nothing; an amount of zero cents writes no row. Returns `retry` for events
 * without account or price yet, `reject` for events that contradict the booked transfer.
 */
export async function bookTransfers(
  tx: Tx,
  context: AccountContext,
  kind: Kind,
  bookings: readonly Booking[],
): Promise<Refusal[]> {
  const { now } = await enterLedger(tx, context);
  const outcomes = await query<Outcome>(tx, book(kind), [...columnsOf(bookings), now]);
  await publishEntries(tx, bookedBy(outcomes, bookings), now);
  const early = outcomes.flatMap((outcome) => earlyFault(outcome) ?? []);
  const isDoubtful = ({ is_booked, account_id, amount_cents }: Outcome): boolean =>
    !is_booked && account_id !== null && amount_cents !== null && amount_cents > 0n;
  const doubtful = new Set(outcomes.filter(isDoubtful).map(({ event_id }) => event_id));
  const known = bookings.filter(({ eventId }) => doubtful.has(eventId));
  return [...early, ...(await contradictions(tx, kind, known))];
}

/** Returns the people whose facts were booked. */
function bookedBy(outcomes: readonly Outcome[], bookings: readonly Booking[]): string[] {
  const booked = new Set(outcomes.filter((each) => each.is_booked).map((each) => each.event_id));
  return bookings.filter(({ eventId }) => booked.has(eventId)).map(({ userId }) => userId);
}

function columnsOf(bookings: readonly Booking[]): unknown[] {
  return [
    bookings.map(({ eventId }) => eventId),
    bookings.map(({ taskId }) => taskId),
    bookings.map(({ userId }) => userId),
    bookings.map(({ assignmentNumber }) => assignmentNumber),
    bookings.map(({ occurredAt }) => occurredAt),
  ];
}

function earlyFault(outcome: Outcome): Refusal | null {
  invariant(outcome.business_day !== null, 'there is always a day to book on');
  const retry = (reason: string): Refusal => {
    return { eventId: outcome.event_id, verdict: 'retry', reason };
  };
  if (outcome.account_id === null) return retry('the account is not open yet');
  if (outcome.amount_cents === null) return retry('the task has no price yet');
  return null;
}

async function contradictions(
  tx: Tx,
  kind: Kind,
  bookings: readonly Booking[],
): Promise<Refusal[]> {
  if (bookings.length === 0) return [];
  const rows = await query<{ event_id: string }>(tx, findContradictions(kind), columnsOf(bookings));
  return rows.map(({ event_id: eventId }) => ({
    eventId,
    verdict: 'reject',
    reason: `the ${kind.name} is booked with other content`,
  }));
}
