const GATHER_MS = 1_000;

/** A process that ended unexpectedly. */
interface Ended {
  name: string;
  /** Exit code or signal, and daprd's fatal message if there is one. */
  how: string;
}

/**
 * Reports processes that end together in one line: all sidecars end when the machine has slept or
 * Redis was down.
 */
export class Notices {
  private readonly gathered: Ended[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly report: (line: string) => void) {}

  /** Reports a restart, together with all others within one second. */
  startedAgain(name: string, how: string): void {
    this.gathered.push({ name, how });
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  /** Reports the collected restarts now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const byHow = new Map<string, string[]>();
    for (const { name, how } of this.gathered.splice(0)) {
      byHow.set(how, [...(byHow.get(how) ?? []), name]);
    }
    for (const [how, names] of byHow) this.report(describe(how, names));
  }
}

function describe(how: string, names: readonly string[]): string {
  const all = names.join(', ');
  if (names.length === 1) return `${all} ended (${how}) and is started again`;
  return `${names.length} processes ended at once (${how}) and are started again: ${all}`;
}

/** daprd's fatal message, from the last line of its log; empty for any other line. */
export function lastWords(line: string): string {
  return /"level":"fatal".*?"msg":"([^"]{1,100})/.exec(line)?.[1] ?? '';
}
