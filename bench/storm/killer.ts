import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../../tools/stack/stack';

const SHORTEST_PAUSE_MS = 700;
const LONGEST_PAUSE_MS = 2_500;
const LONGEST_DOWN_MS = 1_500;
/** What services cannot lose: they are the machine's, not ours. */
const SPARED = ['redis', 'postgres', 'mail'];

/** Kills processes of a stack at random, one after the other, and starts them again. */
export class Killer {
  /** How often each process was killed. */
  readonly kills = new Map<string, number>();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly stack: Stack,
    private readonly random: () => number,
  ) {}

  /** Begins to kill. */
  start(): void {
    this.running = this.run();
  }

  /** Stops killing; what was killed runs again, though it may not be ready yet. */
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
