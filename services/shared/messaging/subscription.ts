import type { CloudEvent, EventContract, Topic } from '../contracts/event';
import type { Tx } from '../db/data-source';

/** Event whose envelope and payload were read. */
export interface ReceivedEvent<Data> {
  id: string;
  data: Data;
  envelope: CloudEvent;
}

/**
 * Why an event had no effect: `retry` when it may succeed later (the broker redelivers it, until it
 * becomes a dead letter), `reject` when it never will (it becomes a dead letter now).
 */
export interface Refusal {
  eventId: string;
  verdict: 'retry' | 'reject';
  reason: string;
}

/** Maps one event type to its effect. */
export interface EventHandler<Data extends object = object, Prepared = Data> {
  contract: EventContract<Data>;
  /**
   * Runs before the transaction, for calls to other services. `apply` receives the result as data;
   * after an error the event is delivered again. `prepare` must only read: it does not run for
   * events received before, but may run twice for an event that is delivered twice at the same
   * time.
   */
  prepare?(event: ReceivedEvent<Data>): Promise<Prepared>;
  /**
   * Applies events that the consumer has not received before, in one transaction. Returns the
   * events it could not apply; all others are done. An error rolls the whole batch back.
   */
  apply(tx: Tx, events: readonly ReceivedEvent<Prepared>[]): Promise<readonly Refusal[]>;
}

/** Handlers of one service for one topic. */
export interface Subscription {
  topic: Topic;
  handlers: readonly EventHandler<never>[];
}

/** Declares a handler; the types tie the payload to the contract. */
export function onEvent<Data extends object>(
  contract: EventContract<Data>,
  apply: EventHandler<Data>['apply'],
): EventHandler<never> {
  return { contract, apply } as unknown as EventHandler<never>;
}

/** Declares a handler that calls other services before its transaction. */
export function onPreparedEvent<Data extends object, Prepared>(
  contract: EventContract<Data>,
  prepare: (event: ReceivedEvent<Data>) => Promise<Prepared>,
  apply: EventHandler<Data, Prepared>['apply'],
): EventHandler<never> {
  return { contract, prepare, apply } as unknown as EventHandler<never>;
}
