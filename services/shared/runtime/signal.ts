/** Wakes one waiting loop. Raised while nobody waits, it is remembered for the next wait. */
export class Signal {
  private raised = false;
  private resolve: (() => void) | null = null;

  /** Ends the wait under way, or the next one at once. */
  raise(): void {
    this.raised = true;
    this.resolve?.();
  }

  /** Waits until raised or `timeoutMs` passed; `ignoreSignal` waits the time out regardless. */
  async wait(timeoutMs: number, options: { ignoreSignal?: boolean } = {}): Promise<void> {
    if (this.raised && !options.ignoreSignal) {
      this.raised = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.resolve = options.ignoreSignal
        ? null
        : (): void => {
            clearTimeout(timer);
            resolve();
          };
    });
    this.resolve = null;
    this.raised = false;
  }
}
