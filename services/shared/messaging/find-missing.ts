import {
  MAX_IDS,
  publishedDigests,
  publishedIds,
  type DigestRequest,
} from '../contracts/calls/published-events';
import { call } from '../dapr/invoke';
import type { Sidecar } from '../dapr/sidecar';
import type { Database } from '../db/data-source';
import { differingRanges, type Span } from './id-digests';
import { digestReceived, findUnreceived } from './received-events';

/** Service that publishes to this consumer, and the types of it that the consumer handles. */
export interface Producer {
  app: string;
  types: readonly string[];
}

/** What comparing with the producers needs. */
export interface Comparison {
  consumer: string;
  database: Database;
  sidecar: Sidecar;
  producers: readonly Producer[];
}

/** Event that a producer published and the consumer has not received. */
export interface MissingEvent {
  id: string;
  producer: string;
}

/** Result of a comparison. */
export interface Compared {
  /** Missing events, oldest first; at most the budget. */
  missing: MissingEvent[];
  /** Everything that was published before was received, in ms since 1970. */
  completeUntilMs: number;
}

/** Widths of ranges, coarse to fine; ids are compared within the last. */
const WIDTHS_MS: readonly DigestRequest['widthMs'][] = [3_600_000, 60_000, 1_000];

/**
 * Span of one call on the coarsest level: a digest reads every id, and must end before the timeout
 * of the call also for millions of events.
 */
const SLICE_MS = 6 * 3_600_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** One comparison: asks for finer ranges only where the coarse ones differ. */
class Walk {
  readonly missing: MissingEvent[] = [];
  /** Start of the first range in which something is missing; null when nothing is. */
  incompleteFromMs: number | null = null;

  constructor(
    private readonly comparison: Comparison,
    private readonly budget: number,
  ) {}

  /** Whether the budget is used up. */
  get isOver(): boolean {
    return this.missing.length >= this.budget;
  }

  /** Returns the moment up to which every producer's events are final. */
  async settledUntil(toMs: number): Promise<number> {
    const [from, to] = [iso(toMs), iso(toMs)];
    const answers = await this.askAll((app, types) =>
      call(this.comparison.sidecar, publishedDigests(app), {
        body: { types, from, to, widthMs: WIDTHS_MS[0]! },
      }),
    );
    return Math.min(...answers.map(({ until }) => Date.parse(until)));
  }

  /** Compares a span, oldest range first, until the budget is used up. */
  async compare(span: Span, level = 0): Promise<void> {
    const { consumer, database, sidecar } = this.comparison;
    const widthMs = WIDTHS_MS[level];
    if (widthMs === undefined) return this.compareIds(span);
    const [from, to] = [iso(span.fromMs), iso(span.toMs)];
    const answers = await this.askAll((app, types) =>
      call(sidecar, publishedDigests(app), { body: { types, from, to, widthMs } }),
    );
    const ours = await digestReceived(database, consumer, span, widthMs);
    const theirs = answers.map(({ ranges }) => ranges);
    for (const startMs of differingRanges(ours, theirs)) {
      if (this.isOver) return;
      const fromMs = Math.max(startMs, span.fromMs);
      const toMs = Math.min(startMs + widthMs, span.toMs);
      await this.compare({ fromMs, toMs }, level + 1);
    }
  }

  private async compareIds({ fromMs, toMs }: Span): Promise<void> {
    const { consumer, database, sidecar, producers } = this.comparison;
    for (const { app, types } of producers) {
      const asked = { types: [...types], from: iso(fromMs), to: iso(toMs) };
      let after: string | undefined;
      let isMore = true;
      while (isMore && !this.isOver) {
        const body = { ...asked, ...(after !== undefined && { after }) };
        const { ids } = await call(sidecar, publishedIds(app), { body });
        const missing = await findUnreceived(database, consumer, ids);
        this.missing.push(...missing.map((id) => ({ id, producer: app })));
        if (missing.length > 0) this.incompleteFromMs ??= fromMs;
        after = ids.at(-1);
        isMore = ids.length === MAX_IDS;
      }
    }
  }

  private askAll<Answer>(
    ask: (app: string, types: string[]) => Promise<Answer>,
  ): Promise<Answer[]> {
    return Promise.all(this.comparison.producers.map(({ app, types }) => ask(app, [...types])));
  }
}

/**
 * Compares what was published with what was received; stops when `budget` events are missing.
 * Throws 503 when a producer is away: then nothing is known.
 */
export async function findMissing(
  comparison: Comparison,
  { fromMs, toMs }: Span,
  budget: number,
): Promise<Compared> {
  const walk = new Walk(comparison, budget);
  const untilMs = await walk.settledUntil(toMs);
  if (untilMs <= fromMs) return { missing: [], completeUntilMs: fromMs };
  for (let startMs = fromMs; startMs < untilMs && !walk.isOver; startMs += SLICE_MS) {
    await walk.compare({ fromMs: startMs, toMs: Math.min(startMs + SLICE_MS, untilMs) });
  }
  const missing = walk.missing.slice(0, budget);
  return { missing, completeUntilMs: walk.incompleteFromMs ?? untilMs };
}
