import { publishBulk, type OutgoingEvent } from '../dapr/publish';
import { SidecarUnreachable, type Sidecar } from '../dapr/sidecar';
import { doubledDelay } from '../kernel/delays';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { crashPoint } from '../runtime/crash-point';
import { ListeningConnection } from '../work/listening-connection';
import { Signal } from '../work/signal';
import { namesOf, type NamedEvent } from './batch-names';
import { OUTBOX_CHANNEL } from './outbox';

const BATCH = 500;
/** Longest delay of an event whose notification was missed, for instance on a cut connection. */
const POLL_MS = 1_000;
const RETRY_MS = { first: 200, longest: 5_000 };
/** Timeout for a server on a half-open connection, which cannot end its own statements. */
const ANSWER_TIMEOUT_MS = 15_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface OutboxRow {
  id: string;
  topic: string;
  type: string;
  subject: string;
  data: unknown;
  occurred_at: Date;
  traceparent: string | null;
  request_id: string | null;
}

/** Row locks are held until the marks are committed. */
const CLAIM = `
SELECT id, topic, type, subject, data, occurred_at, traceparent, request_id
FROM outbox WHERE published_at IS NULL AND id > $1
ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const MARK = `UPDATE outbox SET published_at = now() WHERE id = ANY($1::uuid[])`;

export interface RelayOptions {
  /** Service name: the CloudEvents `source`. */
  source: string;
  databaseUrl: string;
  sidecar: Sidecar;
  logger: Logger;
  metrics: Metrics;
}

/**
 * Publishes committed events from the outbox to the broker. Rows stay locked while they are
 * published: other relays skip them, and the locks of a killed relay are released at once (ADR
 * 0006). A row is marked after the broker accepted it, so a crash repeats events and never loses
 * one.
 */
export class OutboxRelay {
  private readonly wake = new Signal();
  private readonly halt = new Signal();
  private readonly connection: ListeningConnection;
  private running: Promise<void> | null = null;
  private stopping = false;

  constructor(private readonly options: RelayOptions) {
    const { source, databaseUrl, logger } = options;
    this.connection = new ListeningConnection({
      name: `${source}-relay`,
      databaseUrl,
      channel: OUTBOX_CHANNEL,
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
      logger,
      hear: () => this.wake.raise(),
    });
  }

  /** Starts to publish, now and after every commit with events. */
  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the current batch and closes the connection. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.raise();
    this.halt.raise();
    await this.running;
    await this.connection.close();
  }

  private async run(): Promise<void> {
    let failedInARow = 0;
    while (!this.stopping) {
      try {
        await this.publishPending();
        failedInARow = 0;
        await this.wake.wait(POLL_MS);
      } catch (error) {
        failedInARow += 1;
        const retryMs = doubledDelay(failedInARow, RETRY_MS);
        this.options.logger.warn({ err: error, retryMs }, 'outbox: not published, trying again');
        await this.connection.close();
        await this.halt.wait(retryMs);
      }
    }
  }

  /**
   * Publishes all pending events, batch by batch. Events that the broker refuses are skipped until
   * the next run, so that they do not block others. Throws when there was such an event.
   */
  private async publishPending(): Promise<void> {
    const faults: unknown[] = [];
    let refused = 0;
    let after = BEFORE_ALL;
    let isMore = true;
    while (isMore && !this.stopping) {
      const { rows, sent } = await this.publishBatch(after, faults);
      refused += rows.length - sent.length;
      // Advances only past refused rows: transactions do not commit in the order of their event
      // ids.
      if (sent.length < rows.length) after = rows.at(-1)!.id;
      // An unreachable sidecar would delay every further batch by its timeout.
      const isAway = faults.some((fault) => fault instanceof SidecarUnreachable);
      isMore = rows.length === BATCH && !isAway;
    }
    const [cause] = faults;
    if (refused > 0) throw new Error(`The broker did not take ${refused} events`, { cause });
  }

  /**
   * Publishes the first rows after the id. Returns the claimed rows and the ids marked as
   * published.
   */
  private async publishBatch(
    after: string,
    faults: unknown[],
  ): Promise<{ rows: OutboxRow[]; sent: string[] }> {
    const client = await this.connection.client();
    // A cached generic plan would ignore the LIMIT on a long backlog.
    await client.query('BEGIN; SET LOCAL plan_cache_mode = force_custom_plan');
    const { rows } = await client.query<OutboxRow>(CLAIM, [after]);
    if (rows.length === 0) {
      await client.query('COMMIT');
      return { rows, sent: [] };
    }
    crashPoint('outbox:claimed');
    const sent = await this.send(rows, faults);
    crashPoint('outbox:published');
    await client.query(MARK, [sent]);
    await client.query('COMMIT');
    crashPoint('outbox:marked');
    return { rows, sent };
  }

  /**
   * Publishes rows topic by topic; returns the ids that the broker accepted. A topic without a
   * valid answer stays unmarked and its error is added to `faults`; the other topics are still
   * published.
   */
  private async send(rows: readonly OutboxRow[], faults: unknown[]): Promise<string[]> {
    const sent: string[] = [];
    for (const topic of new Set(rows.map((row) => row.topic))) {
      const ofTopic = rows.filter((row) => row.topic === topic);
      try {
        sent.push(...(await this.sendTopic(topic, ofTopic)));
      } catch (error) {
        faults.push(error);
      }
    }
    return sent;
  }

  private async sendTopic(topic: string, rows: readonly OutboxRow[]): Promise<string[]> {
    const events = rows.map((row) => this.outgoing(row));
    const failed = await publishBulk(this.options.sidecar, topic, events);
    const taken = rows.filter((row) => !failed.has(row.id));
    this.options.metrics.eventsPublished.inc({ topic }, taken.length);
    this.options.logger.info(
      { topic, count: taken.length, ...namesOf(taken.map(named)) },
      'events published',
    );
    return taken.map((row) => row.id);
  }

  private outgoing(row: OutboxRow): OutgoingEvent {
    return {
      id: row.id,
      type: row.type,
      source: this.options.source,
      subject: row.subject,
      time: row.occurred_at.toISOString(),
      data: row.data,
      causetraceparent: row.traceparent ?? undefined,
      requestid: row.request_id ?? undefined,
    };
  }
}

function named({ id, request_id: requestId, traceparent }: OutboxRow): NamedEvent {
  return { id, requestId, traceparent };
}
