import { newId } from '../kernel/ids';
import { withContext } from '../observability/context';
import type { Logger } from '../observability/logger';

/**
 * Work that is set off from outside, one run at a time: set off while it runs, it looks again
 * once, however often that happened. A failed run is logged; the next one comes anyway.
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

  /** Starts a run, or has the one under way followed by another. Returns at once. */
  fire(): void {
    if (this.stopping) return;
    this.isDueAgain = true;
    this.running ??= this.runWhileDue();
  }

  /** Starts a run and waits until nothing is under way. */
  async fireAndSettle(): Promise<void> {
    this.fire();
    await this.settled();
  }

  /** True from the call of `stop` on: a long run should come to its end. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Waits for the run under way; starts no new one. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.settled();
  }

  /** Waits until nothing is under way. */
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
