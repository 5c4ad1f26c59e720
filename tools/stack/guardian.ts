import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Reads `+pid` and `-pid` lines. When the pipe closes, however the parent died, it removes the
 * files named as its arguments and ends every process group it still knows: politely, then by
 * force.
 */
const SCRIPT = `
pids=""
while read -r line; do
  pid=\${line#?}
  case $line in
    +*) pids="$pids $pid" ;;
    -*) rest=""; for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done; pids=$rest ;;
  esac
done
[ $# -eq 0 ] || rm -f "$@"
[ -n "$pids" ] || exit 0
for p in $pids; do kill -s TERM -- "-$p" 2>/dev/null; done
for i in 1 2 3 4 5 6 7 8 9 10; do
  left=""
  for p in $pids; do kill -s 0 -- "-$p" 2>/dev/null && left=1; done
  [ -n "$left" ] || exit 0
  sleep 0.3
done
for p in $pids; do kill -s KILL -- "-$p" 2>/dev/null; done
`;

/**
 * Lets no process outlive its stack, even when the stack's own process is ended by SIGKILL.
 *
 * Children run in process groups of their own, so that a Ctrl-C in the terminal reaches only the
 * parent, which stops them in order. That alone would leave them behind after a SIGKILL: hence a
 * small shell that holds the other end of a pipe.
 */
export class Guardian {
  private readonly shell: ChildProcess;
  private closed = false;

  constructor(removedAtEnd: readonly string[] = []) {
    this.shell = spawn('/bin/sh', ['-c', SCRIPT, 'popug-guardian', ...removedAtEnd], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.shell.on('error', () => undefined);
    this.shell.stdin?.on('error', () => undefined);
    this.shell.unref();
  }

  /** Once closed, nothing more may be started under it. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Watches over this process group. */
  add(pid: number): void {
    this.tell(`+${pid}`);
  }

  /** Forgets it: it has ended. */
  remove(pid: number): void {
    this.tell(`-${pid}`);
  }

  /** Ends the guardian and whatever it still watches. */
  close(): void {
    this.closed = true;
    this.shell.stdin?.end();
  }

  private tell(line: string): void {
    if (!this.closed) this.shell.stdin?.write(`${line}\n`);
  }
}
