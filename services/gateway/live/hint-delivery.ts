import { cloudEvent } from '../../shared/contracts/event';
import { thingsChanged } from '../../shared/contracts/events/hints';
import type { BulkEntry, Deliver, EntryAnswer } from '../../shared/messaging/bulk-delivery';
import type { Subscription } from '../../shared/messaging/subscription';
import type { Logger } from '../../shared/observability/logger';
import type { HintEvent, LiveStreams } from './live-streams';
import type { Peers } from './peers';

/** Age in ms from which clients are told to fetch everything instead of what an event names. */
const LATE_MS = 60_000;

const done = ({ entryId }: BulkEntry): EntryAnswer => ({ entryId, status: 'SUCCESS' });

/**
 * Takes hints from the sidecar, tells the streams of this replica, and hands the hints on to the
 * other replicas. Hints are never the truth: one that is unreadable is logged, not kept.
 */
export class HintDelivery implements Deliver {
  constructor(
    private readonly streams: LiveStreams,
    private readonly peers: Peers,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {}

  async deliver(_: Subscription, entries: readonly BulkEntry[]): Promise<EntryAnswer[]> {
    const events = entries.flatMap((entry) => this.read(entry));
    this.tell(events);
    await this.peers.handOn(events);
    return entries.map(done);
  }

  /** Hints have no dead-letter topic: what arrives here is dropped. */
  keepDeadLetters(entries: readonly BulkEntry[]): EntryAnswer[] {
    this.logger.error({ count: entries.length }, 'dead letters of hints dropped');
    return entries.map(done);
  }

  /** Tells the streams of this replica; late events become a reset of all clients. */
  tell(events: readonly TimedEvent[]): void {
    for (const event of events) {
      if (this.now() - Date.parse(event.at) > LATE_MS) this.streams.reset();
      else this.streams.tell(event);
    }
  }

  private read({ event }: BulkEntry): TimedEvent[] {
    const envelope = cloudEvent.safeParse(event);
    const data = thingsChanged.schema.safeParse(envelope.data?.data);
    if (envelope.success && data.success && envelope.data.type === thingsChanged.type) {
      const { id, time } = envelope.data;
      return [{ id, hints: data.data.hints, at: time ?? new Date(this.now()).toISOString() }];
    }
    this.logger.error({ err: envelope.error ?? data.error }, 'unreadable hint dropped');
    return [];
  }
}

/** Event with the time of the change, ISO 8601. */
export interface TimedEvent extends HintEvent {
  at: string;
}
