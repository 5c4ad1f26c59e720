/** Wakes one waiting loop; raised while no loop waits, it ends the next wait. */
export class Signal {
  private isRaised = false;
  private resolve: (() => void) | null = null;

  /** Ends the current wait, or the next one at once. */
  raise(): void {
    this.isRaised = true;
    this.resolve?.();
  }

  /** Waits until raised, at most `timeoutMs` milliseconds. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.isRaised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.resolve = null;
    }
    this.isRaised = false;
  }
}
