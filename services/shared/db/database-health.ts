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
    this.lastAnswerAt = performance.now();
  }

  /** True while it can be used: our schema is there, and it was not away for several seconds. */
  isReady(): boolean {
    return this.schemaIsCurrent && performance.now() - this.lastAnswerAt < TOLERATED_MS;
  }
}
