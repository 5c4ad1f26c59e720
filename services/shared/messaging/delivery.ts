import { cloudEvent } from '../contracts/event';
import type { Database, Tx } from '../db/data-source';
import { isDataError } from '../db/errors';
import { writeHalving } from '../db/halve';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { crashPoint } from '../runtime/crash-point';
import { namesOf } from './batch-names';
import { RETRIES_USED_UP, recordDeadLetter } from './dead-letters';
import { findReceived, forgetReceived, recordReceived } from './inbox';
import { prepareGroup } from './prepare';
import { named, readEvent, uniqueById, type Readable } from './read-event';
import type { EventHandler, Refusal, Subscription } from './subscription';

/** What the sidecar is told of each entry. `DROP` is never said: nothing is dropped here. */
export type EntryStatus = 'SUCCESS' | 'RETRY';

/** One entry of a bulk delivery, as the sidecar sends it. */
export interface BulkEntry {
  entryId: string;
  event: unknown;
}

export interface DeliveryOptions {
  /** The service's name: the consumer in inbox and dead letters. */
  consumer: string;
  database: Database;
  logger: Logger;
  metrics: Metrics;
}

type Statuses = Map<string, EntryStatus>;

/**
 * Takes a bulk delivery of a subscription's topic: every event has its effect exactly once,
 * in one transaction with its inbox row. Never throws; answers each entry for itself, because
 * one failed answer would send the whole batch to the dead letters.
 */
export class Delivery {
  constructor(private readonly options: DeliveryOptions) {}

  /** Handles the entries and says of each whether it is done or shall come again. */
  async deliver(subscription: Subscription, entries: readonly BulkEntry[]): Promise<Statuses> {
    const statuses: Statuses = new Map();
    const byHandler = new Map<EventHandler<never>, Readable[]>();
    for (const entry of entries) {
      const read = readEvent(subscription, entry.event);
      if (read === 'not ours') statuses.set(entry.entryId, 'SUCCESS');
      else if ('error' in read)
        statuses.set(entry.entryId, await this.putAside(subscription, entry, read));
      else {
        const group = byHandler.get(read.handler) ?? [];
        group.push({ entryId: entry.entryId, received: read.received, raw: entry.event });
        byHandler.set(read.handler, group);
      }
    }
    for (const [handler, group] of byHandler) {
      const ready = await this.prepare(handler, group, statuses);
      if (ready.length > 0) await this.apply(subscription, handler, ready, statuses);
    }
    return statuses;
  }

  /** Keeps deliveries whose retries are used up, from the dead-letter topic. */
  async keepDeadLetters(entries: readonly BulkEntry[]): Promise<Statuses> {
    const statuses: Statuses = new Map();
    for (const entry of entries) {
      const topic = (entry.event as { topic?: unknown } | null)?.topic;
      const origin = { topic: typeof topic === 'string' ? topic : 'unknown' };
      statuses.set(entry.entryId, await this.putAside(origin, entry, { error: RETRIES_USED_UP }));
    }
    return statuses;
  }

  private async putAside(
    { topic }: { topic: string },
    entry: BulkEntry,
    { error }: { error: string },
  ): Promise<EntryStatus> {
    const envelope = cloudEvent.safeParse(entry.event);
    const letter = {
      consumer: this.options.consumer,
      topic,
      eventId: envelope.success ? envelope.data.id : null,
      type: envelope.success ? envelope.data.type : null,
      event: entry.event,
      error,
    };
    try {
      await recordDeadLetter(this.options.database, letter);
      this.options.logger.error({ eventId: letter.eventId, topic, error }, 'event put aside');
      this.count(letter.type ?? 'unreadable', 'dead-letter');
      return 'SUCCESS';
    } catch (cause) {
      this.options.logger.error({ err: cause, eventId: letter.eventId }, 'event not put aside');
      return 'RETRY';
    }
  }

  /**
   * Asks what the handler must know before the transaction, but not again for events that were
   * received before: a repeat costs no call. Events it can't ask for come again.
   */
  private async prepare(
    handler: EventHandler<never>,
    group: readonly Readable[],
    statuses: Statuses,
  ): Promise<readonly Readable[]> {
    if (!handler.prepare) return group;
    const { consumer, database, metrics } = this.options;
    const { type } = handler.contract;
    try {
      const ids = group.map(({ received }) => received.id);
      const receivedBefore = await findReceived(database, consumer, ids);
      const prepared = await prepareGroup(handler.prepare, group, receivedBefore);
      for (const { entryId } of prepared.repeated) statuses.set(entryId, 'SUCCESS');
      metrics.inboxDuplicates.inc({ consumer }, prepared.repeated.length);
      this.count(type, 'done', prepared.repeated.length);
      for (const { readable, reason } of prepared.failed) {
        this.comeAgain(type, [readable], statuses, reason);
      }
      return prepared.ready;
    } catch (error) {
      this.comeAgain(type, group, statuses, error);
      return [];
    }
  }

  private comeAgain(type: string, group: readonly Readable[], statuses: Statuses, err: unknown) {
    this.options.logger.warn({ err, ...namesOf(group.map(named)) }, 'events not prepared');
    this.count(type, 'retry', group.length);
    for (const { entryId } of group) statuses.set(entryId, 'RETRY');
  }

  /** Applies a batch; data that the database refuses halves it, down to the culprit. */
  private async apply(
    subscription: Subscription,
    handler: EventHandler<never>,
    group: readonly Readable[],
    statuses: Statuses,
  ): Promise<void> {
    await writeHalving(group, {
      write: async (part) => {
        const refusals = await this.transaction(subscription, handler, part);
        const again = new Set(
          refusals.filter(({ verdict }) => verdict === 'retry').map(({ eventId }) => eventId),
        );
        for (const { entryId, received } of part) {
          statuses.set(entryId, again.has(received.id) ? 'RETRY' : 'SUCCESS');
        }
        this.report(handler, part, refusals);
      },
      giveUp: (part, error) => this.giveUp(subscription, part, statuses, error),
    });
  }

  private async transaction(
    subscription: Subscription,
    handler: EventHandler<never>,
    group: readonly Readable[],
  ): Promise<readonly Refusal[]> {
    const { consumer, database, metrics } = this.options;
    const refusals = await database.transaction(async (tx) => {
      const ids = group.map(({ received }) => received.id);
      const fresh = await recordReceived(tx, consumer, ids);
      crashPoint('inbox:recorded');
      metrics.inboxDuplicates.inc({ consumer }, ids.length - fresh.size);
      if (fresh.size === 0) return [];
      const events = uniqueById(group).filter((received) => fresh.has(received.id));
      const refused = await handler.apply(tx, events);
      await this.settleRefusals(tx, subscription, refused, group);
      crashPoint('inbox:before-commit');
      return refused;
    });
    crashPoint('inbox:after-commit');
    return refusals;
  }

  private async settleRefusals(
    tx: Tx,
    { topic }: Subscription,
    refusals: readonly Refusal[],
    group: readonly Readable[],
  ): Promise<void> {
    const { consumer } = this.options;
    await forgetReceived(
      tx,
      consumer,
      refusals.map((refusal) => refusal.eventId),
    );
    for (const { eventId, verdict, reason } of refusals) {
      if (verdict === 'retry') continue;
      const { received, raw } = group.find((candidate) => candidate.received.id === eventId)!;
      await recordDeadLetter(tx, {
        consumer,
        topic,
        eventId,
        type: received.envelope.type,
        event: raw,
        error: reason,
      });
    }
  }

  private async giveUp(
    subscription: Subscription,
    group: readonly Readable[],
    statuses: Statuses,
    error: unknown,
  ): Promise<void> {
    this.options.logger.error({ err: error, ...namesOf(group.map(named)) }, 'events not applied');
    for (const { entryId, raw } of group) {
      const entry = { entryId, event: raw };
      const fault = { error: error instanceof Error ? error.message : String(error) };
      statuses.set(
        entryId,
        isDataError(error) ? await this.putAside(subscription, entry, fault) : 'RETRY',
      );
    }
  }

  private report(
    handler: EventHandler<never>,
    group: readonly Readable[],
    refusals: readonly Refusal[],
  ): void {
    const { type } = handler.contract;
    for (const refusal of refusals) this.count(type, refusal.verdict);
    this.count(type, 'done', group.length - refusals.length);
    const level = refusals.length > 0 ? 'warn' : 'info';
    this.options.logger[level]({ type, ...namesOf(group.map(named)), refusals }, 'events applied');
  }

  private count(type: string, outcome: string, times = 1): void {
    this.options.metrics.eventsHandled.inc(
      { consumer: this.options.consumer, type, outcome },
      times,
    );
  }
}
