import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../../tools/stack/stack';

const SHORTEST_PAUSE_MS = 700;
const LONGEST_PAUSE_MS = 2_500;
const LONGEST_DOWN_MS = 1_500;
/** Servers that are not killed: the storm tests services and sidecars. */
const SPARED = ['redis', 'postgres', 'mail'];

/** Kills random processes of a stack with SIGKILL, one at a time, and restarts them. */
export class Killer {
  /** Number of kills by process. */
  readonly kills = new Map<string, number>();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly stack: Stack,
    private readonly random: () => number,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Stops killing; the last killed process is restarted, but may not be ready. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const names = this.stack.processNames().filter((name) => !SPARED.includes(name));
    while (!this.stopping) {
      const span = LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS;
      await sleep(SHORTEST_PAUSE_MS + this.random() * span);
      const name = names[Math.floor(this.random() * names.length)]!;
      this.kills.set(name, (this.kills.get(name) ?? 0) + 1);
      await this.stack.kill(name, 'SIGKILL');
      await sleep(this.random() * LONGEST_DOWN_MS);
      await this.stack.restart(name);
    }
  }
}
