import type { DataOf, EventContract } from '../contracts/event';
import { query, type Tx } from '../db/data-source';
import { newId } from '../kernel/ids';
import { invariant } from '../kernel/invariant';
import { currentContext } from '../observability/context';
import { crashPoint } from '../runtime/crash-point';

/** Notification channel that wakes the relay; one notification per transaction. */
export const OUTBOX_CHANNEL = 'outbox';

/** Event to be written: contract, id of the aggregate, and payload. */
export interface NewEvent {
  contract: EventContract<object>;
  subject: string;
  data: object;
  occurredAt: Date;
}

/** Pairs a contract with its payload; the types require that they match. */
export function event<C extends EventContract<object>>(
  contract: C,
  subject: string,
  data: DataOf<C>,
  occurredAt: Date,
): NewEvent {
  return { contract, subject, data: data as object, occurredAt };
}

const INSERT = `
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, traceparent, request_id)
SELECT id, topic, type, subject, data, occurred_at, $7, $8
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[])
  AS event (id, topic, type, subject, data, occurred_at)`;

/**
 * Writes events to the outbox in the transaction of the change: both are committed, or neither.
 * Throws `InvariantViolation` when a payload breaks its contract, because no consumer could read
 * it.
 */
export async function publish(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await publishUnhurried(tx, events);
  await wakeRelay(tx);
}

/**
 * Like `publish`, for events that may wait for the relay's next poll, a second at most: a hot path
 * does not wake the relay for each of its transactions, and the relay takes many at once.
 */
export async function publishUnhurried(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  for (const { contract, data } of events) {
    const checked = contract.schema.safeParse(data);
    invariant(checked.success, `${contract.type} breaks its contract: ${checked.error?.message}`);
  }
  await query(tx, INSERT, [
    events.map(() => newId()),
    events.map(({ contract }) => contract.topic),
    events.map(({ contract }) => contract.type),
    events.map(({ subject }) => subject),
    events.map(({ data }) => JSON.stringify(data)),
    events.map(({ occurredAt }) => occurredAt),
    ...publishingContext(),
  ]);
}

/**
 * Returns `traceparent` and request id, for set-based statements that write outbox rows themselves.
 */
export function publishingContext(): [string | null, string | null] {
  const { traceparent, requestId } = currentContext();
  return [traceparent ?? null, requestId ?? null];
}

/** Notifies the relay when the transaction commits. Must be the transaction's last statement. */
export async function wakeRelay(tx: Tx): Promise<void> {
  await query(tx, `SELECT pg_notify($1, '')`, [OUTBOX_CHANNEL]);
  crashPoint('outbox:before-commit');
}
