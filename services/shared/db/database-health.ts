import type { Metrics } from '../observability/metrics';
import type { Database } from './data-source';
import { compareClocks, isClockRight, serviceClocks, type Clocks } from './database-clock';
import { isSchemaCurrent } from './migrate';

/** Shorter absences are bridged by retries; longer ones stop the flow of events. */
const TOLERATED_MS = 5_000;

const MS_PER_SECOND = 1_000;

/** Knows whether the database answered lately, whether its schema is ours, and its clock. */
export class DatabaseHealth {
  private lastAnswerAt = -Infinity;
  private schemaIsCurrent = false;
  private aheadMs = Infinity;

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly clocks: Clocks = serviceClocks,
  ) {}

  /** Asks the database, connecting first where that never worked; called every second. */
  async check(): Promise<void> {
    if (!this.database.isInitialized) await this.database.initialize();
    const { aheadMs } = await compareClocks(this.clocks, this.database);
    this.aheadMs = aheadMs;
    this.metrics.clockOffsetSeconds.set(aheadMs / MS_PER_SECOND);
    if (!this.schemaIsCurrent) this.schemaIsCurrent = await isSchemaCurrent(this.database);
    this.lastAnswerAt = performance.now();
  }

  /** True while it can be used: our schema is there, and it was not away for several seconds. */
  isReady(): boolean {
    return this.schemaIsCurrent && performance.now() - this.lastAnswerAt < TOLERATED_MS;
  }

  /** True while the process's clock agrees with the database's, as far as was seen last. */
  isClockRight(): boolean {
    return isClockRight(this.aheadMs);
  }
}
