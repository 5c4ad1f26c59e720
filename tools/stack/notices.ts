const GATHER_MS = 1_000;

/** One process that ended without being asked to. */
interface Ended {
  name: string;
  /** How: an exit code or a signal, and its last words if it left some. */
  how: string;
}

/**
 * Says in one line what happens to many at once: all sidecars end together when the machine has
 * slept, or when Redis was away.
 */
export class Notices {
  private readonly gathered: Ended[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly report: (line: string) => void) {}

  /** Reports, a moment later and together with its like, that a process is started again. */
  startedAgain(name: string, how: string): void {
    this.gathered.push({ name, how });
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  /** Reports what was gathered so far. */
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

/** Why daprd gave up, from the last line of its log; nothing when that line is no such one. */
export function lastWords(line: string): string {
  return /"level":"fatal".*?"msg":"([^"]{1,100})/.exec(line)?.[1] ?? '';
}
