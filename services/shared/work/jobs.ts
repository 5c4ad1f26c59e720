import { newId } from '../kernel/ids';
import { withContext } from '../observability/context';
import type { Logger } from '../observability/logger';
import { Signal } from './signal';

/** Work that a service repeats by itself. */
export interface Job {
  name: string;
  /** Delay from the end of one run to the start of the next, in milliseconds. */
  everyMs: number;
  run(): Promise<void>;
}

/** Runs jobs concurrently, but never two runs of one job; a failed run is logged and retried. */
export class JobRunner {
  private readonly loops: Promise<void>[] = [];
  private readonly signals: Signal[] = [];
  private stopping = false;

  constructor(private readonly logger: Logger) {}

  /** Starts a job; its first run begins at once. */
  start(job: Job): void {
    const signal = new Signal();
    this.signals.push(signal);
    this.loops.push(this.loop(job, signal));
  }

  /** Waits for the current runs; starts no new ones. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const signal of this.signals) signal.raise();
    await Promise.all(this.loops);
  }

  private async loop(job: Job, signal: Signal): Promise<void> {
    while (!this.stopping) {
      await withContext({ requestId: newId() }, () => this.runOnce(job));
      if (!this.stopping) await signal.wait(job.everyMs);
    }
  }

  private async runOnce(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      this.logger.error({ err: error, job: job.name }, 'job failed');
    }
  }
}
