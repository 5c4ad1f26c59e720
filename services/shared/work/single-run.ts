import { newId } from '../kernel/ids';
import { withContext } from '../observability/context';
import type { Logger } from '../observability/logger';

/**
 * Runs work on demand, one run at a time; any number of calls during a run cause one further run. A
 * failed run is logged and does not prevent the next one.
 */
export class SingleRun {
  private running: Promise<void> | null = null;
  private isDueAgain = false;
  private stopping = false;

  constructor(
    private readonly name: string,
    private readonly logger: Logger,
    private readonly run: () => Promise<void>,
  ) {}

  /** Starts a run, or schedules one after the current run. Returns at once. */
  fire(): void {
    if (this.stopping) return;
    this.isDueAgain = true;
    this.running ??= this.runWhileDue();
  }

  /** Starts a run and waits until no run is in progress. */
  async fireAndSettle(): Promise<void> {
    this.fire();
    await this.settled();
  }

  /** True after `stop` was called: a long run should end. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Waits for the current run; starts no new one. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.settled();
  }

  /** Waits until no run is in progress. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async runWhileDue(): Promise<void> {
    while (this.isDueAgain && !this.stopping) {
      this.isDueAgain = false;
      await withContext({ requestId: newId() }, () => this.runOnce());
    }
    this.running = null;
  }

  private async runOnce(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.logger.error({ err: error, job: this.name }, 'job failed');
    }
  }
}
