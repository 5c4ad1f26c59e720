import type { Metrics } from '../observability/metrics';
import type { Database } from './data-source';
import { compareClocks, isClockRight, serviceClocks, type Clocks } from './database-clock';
import { isSchemaCurrent } from './migrate';

/** Retries bridge shorter outages; longer ones stop the delivery of events. */
const TOLERATED_MS = 5_000;

const MS_PER_SECOND = 1_000;

/** Remembers the database's last answer, whether its schema is current, and the clock offset. */
export class DatabaseHealth {
  private lastAnswerAt = -Infinity;
  private schemaIsCurrent = false;
  private aheadMs = Infinity;

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly clocks: Clocks = serviceClocks,
  ) {}

  /** Checks the database, connecting first when that never succeeded; called every second. */
  async check(): Promise<void> {
    if (!this.database.isInitialized) await this.database.initialize();
    const { aheadMs } = await compareClocks(this.clocks, this.database);
    this.aheadMs = aheadMs;
    this.metrics.clockOffsetSeconds.set(aheadMs / MS_PER_SECOND);
    if (!this.schemaIsCurrent) this.schemaIsCurrent = await isSchemaCurrent(this.database);
    this.lastAnswerAt = performance.now();
  }

  /** Returns whether the database is usable: schema current, last answer within `TOLERATED_MS`. */
  isReady(): boolean {
    return this.schemaIsCurrent && performance.now() - this.lastAnswerAt < TOLERATED_MS;
  }

  /** Returns whether the process's clock agreed with the database's at the last check. */
  isClockRight(): boolean {
    return isClockRight(this.aheadMs);
  }
}
