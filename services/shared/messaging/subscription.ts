import type { CloudEvent, EventContract, Topic } from '../contracts/event';
import type { Tx } from '../db/data-source';

/** An event whose envelope and payload were read. */
export interface ReceivedEvent<Data> {
  id: string;
  data: Data;
  envelope: CloudEvent;
}

/**
 * What became of an event that had no effect: `retry` when its time may still come (the
 * broker repeats it, then it is a dead letter), `reject` when it never will (a dead letter now).
 */
export interface Refusal {
  eventId: string;
  verdict: 'retry' | 'reject';
  reason: string;
}

/** Maps one kind of event to its effect. */
export interface EventHandler<Data extends object = object, Prepared = Data> {
  contract: EventContract<Data>;
  /**
   * Runs before the transaction, for what may not be done inside one: calls to other services.
   * Its result is what `apply` gets as data. A throw lets this event come again later. It does
   * not run for events that were received before, but may run twice for one that comes twice at
   * the same time: it only asks and changes nothing.
   */
  prepare?(event: ReceivedEvent<Data>): Promise<Prepared>;
  /**
   * Applies events this consumer has not had yet, all in one transaction. Returns those it
   * could not apply; all others are done. A throw rolls the whole batch back.
   */
  apply(tx: Tx, events: readonly ReceivedEvent<Prepared>[]): Promise<readonly Refusal[]>;
}

/** All that one service does with the events of one topic. */
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

/** Declares a handler that must ask other services before its transaction begins. */
export function onPreparedEvent<Data extends object, Prepared>(
  contract: EventContract<Data>,
  prepare: (event: ReceivedEvent<Data>) => Promise<Prepared>,
  apply: EventHandler<Data, Prepared>['apply'],
): EventHandler<never> {
  return { contract, prepare, apply } as unknown as EventHandler<never>;
}
