import { query, type Database } from './data-source';
import { isSchemaCurrent } from './migrate';

/** Shorter absences are bridged by retries; longer ones stop the flow of events. */
const TOLERATED_MS = 5_000;

/** Knows whether the database answered lately and whether its schema is ours. */
export class DatabaseHealth {
  private lastAnswerAt = -Infinity;
  private schemaIsCurrent = false;

  constructor(private readonly database: Database) {}

  /** Asks the database, connecting first where that never worked; called every second. */
  async check(): Promise<void> {
    if (!this.database.isInitialized) await this.database.initialize();
    await query(this.database, 'SELECT 1');
    if (!this.schemaIsCurrent) this.schemaIsCurrent = await isSchemaCurrent(this.database);
    this.lastAnswerAt = Date.now();
  }

  /** True while requests can be served: reachable, and the schema is up to date. */
  isReady(): boolean {
    return this.schemaIsCurrent && this.isReachable();
  }

  /** True unless the database has been away for several seconds. */
  isReachable(): boolean {
    return Date.now() - this.lastAnswerAt < TOLERATED_MS;
  }
}
