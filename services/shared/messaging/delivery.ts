import { cloudEvent } from '../contracts/event';
import type { Database, Tx } from '../db/data-source';
import { isDataError } from '../db/errors';
import { writeHalving } from '../db/halve';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { crashPoint } from '../runtime/crash-point';
import { namesOf } from './batch-names';
import type { BulkEntry, Deliver, EntryAnswer, EntryStatus } from './bulk-delivery';
import { RETRIES_USED_UP, recordDeadLetter } from './dead-letters';
import { findReceived, forgetReceived, recordReceived } from './inbox';
import { prepareGroup } from './prepare';
import { named, readEvent, uniqueById, type Readable } from './read-event';
import type { EventHandler, Refusal, Subscription } from './subscription';

export interface DeliveryOptions {
  /** Service name: the consumer in inbox and dead letters. */
  consumer: string;
  database: Database;
  logger: Logger;
  metrics: Metrics;
}

const answersOf = (group: readonly Readable[], status: EntryStatus): EntryAnswer[] =>
  group.map(({ entryId }) => ({ entryId, status }));

/** Events that are ready to be applied, and the answers to the others. */
interface Prepared {
  ready: readonly Readable[];
  answers: EntryAnswer[];
}

/**
 * Handles bulk deliveries: every event has one effect, in one transaction with its inbox row. Never
 * throws; answers each entry, as one failed answer would make dead letters of the whole batch.
 */
export class Delivery implements Deliver {
  constructor(private readonly options: DeliveryOptions) {}

  /** Handles the entries; each answer says whether its entry is done or must be delivered again. */
  async deliver(subscription: Subscription, entries: readonly BulkEntry[]): Promise<EntryAnswer[]> {
    const answers: EntryAnswer[] = [];
    const byHandler = new Map<EventHandler<never>, Readable[]>();
    for (const entry of entries) {
      const read = readEvent(subscription, entry.event);
      if (read === 'not ours') answers.push({ entryId: entry.entryId, status: 'SUCCESS' });
      else if ('error' in read) answers.push(await this.putAside(subscription, entry, read));
      else {
        const group = byHandler.get(read.handler) ?? [];
        group.push({ entryId: entry.entryId, received: read.received, raw: entry.event });
        byHandler.set(read.handler, group);
      }
    }
    for (const [handler, group] of byHandler) {
      const prepared = await this.prepare(handler, group);
      answers.push(...prepared.answers);
      if (prepared.ready.length === 0) continue;
      answers.push(...(await this.apply(subscription, handler, prepared.ready)));
    }
    return answers;
  }

  /** Records deliveries from the dead-letter topic, whose retries are used up. */
  async keepDeadLetters(entries: readonly BulkEntry[]): Promise<EntryAnswer[]> {
    const answers: EntryAnswer[] = [];
    for (const entry of entries) {
      const topic = (entry.event as { topic?: unknown } | null)?.topic;
      const origin = { topic: typeof topic === 'string' ? topic : 'unknown' };
      answers.push(await this.putAside(origin, entry, { error: RETRIES_USED_UP }));
    }
    return answers;
  }

  private async putAside(
    { topic }: { topic: string },
    entry: BulkEntry,
    { error }: { error: string },
  ): Promise<EntryAnswer> {
    const { entryId } = entry;
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
      await this.options.database.transaction((tx) => recordDeadLetter(tx, letter));
      this.options.logger.error({ eventId: letter.eventId, topic, error }, 'event put aside');
      this.count(letter.type ?? 'unreadable', 'dead-letter');
      return { entryId, status: 'SUCCESS' };
    } catch (cause) {
      this.options.logger.error({ err: cause, eventId: letter.eventId }, 'event not put aside');
      return { entryId, status: 'RETRY' };
    }
  }

  /**
   * Runs the handler's `prepare`, except for events received before: a duplicate costs no call.
   * Events for which `prepare` throws are answered `RETRY`.
   */
  private async prepare(
    handler: EventHandler<never>,
    group: readonly Readable[],
  ): Promise<Prepared> {
    if (!handler.prepare) return { ready: group, answers: [] };
    const { consumer, database, metrics } = this.options;
    const { type } = handler.contract;
    try {
      const ids = group.map(({ received }) => received.id);
      const receivedBefore = await findReceived(database, consumer, ids);
      const prepared = await prepareGroup(handler.prepare, group, receivedBefore);
      metrics.inboxDuplicates.inc({ consumer }, prepared.repeated.length);
      this.count(type, 'done', prepared.repeated.length);
      const again = prepared.failed.flatMap(({ readable, reason }) =>
        this.comeAgain(type, [readable], reason),
      );
      return {
        ready: prepared.ready,
        answers: [...answersOf(prepared.repeated, 'SUCCESS'), ...again],
      };
    } catch (error) {
      return { ready: [], answers: this.comeAgain(type, group, error) };
    }
  }

  private comeAgain(type: string, group: readonly Readable[], err: unknown): EntryAnswer[] {
    this.options.logger.warn({ err, ...namesOf(group.map(named)) }, 'events not prepared');
    this.count(type, 'retry', group.length);
    return answersOf(group, 'RETRY');
  }

  /** Applies a batch. A data error halves the batch, down to the event that causes it. */
  private async apply(
    subscription: Subscription,
    handler: EventHandler<never>,
    group: readonly Readable[],
  ): Promise<EntryAnswer[]> {
    const answers: EntryAnswer[] = [];
    await writeHalving(group, {
      write: async (part) => {
        const refusals = await this.transaction(subscription, handler, part);
        const again = refusals.filter(({ verdict }) => verdict === 'retry');
        const ids = new Set(again.map(({ eventId }) => eventId));
        for (const { entryId, received } of part) {
          answers.push({ entryId, status: ids.has(received.id) ? 'RETRY' : 'SUCCESS' });
        }
        this.report(handler, part, refusals);
      },
      giveUp: async (part, error) => {
        answers.push(...(await this.giveUp(subscription, part, error)));
      },
    });
    return answers;
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
    const refused = refusals.map(({ eventId }) => eventId);
    await forgetReceived(tx, consumer, refused);
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
    error: unknown,
  ): Promise<EntryAnswer[]> {
    this.options.logger.error({ err: error, ...namesOf(group.map(named)) }, 'events not applied');
    if (!isDataError(error)) return answersOf(group, 'RETRY');
    const fault = { error: error instanceof Error ? error.message : String(error) };
    const answers: EntryAnswer[] = [];
    for (const { entryId, raw } of group) {
      answers.push(await this.putAside(subscription, { entryId, event: raw }, fault));
    }
    return answers;
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
    const { consumer, metrics } = this.options;
    metrics.eventsHandled.inc({ consumer, type, outcome }, times);
  }
}
