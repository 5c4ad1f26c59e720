/** Wakes one waiting loop. Raised while nobody waits, it is remembered for the next wait. */
export class Signal {
  private isRaised = false;
  private resolve: (() => void) | null = null;

  /** Ends the wait under way, or the next one at once. */
  raise(): void {
    this.isRaised = true;
    this.resolve?.();
  }

  /** Waits until raised, at most `timeoutMs`. */
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
