import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Reads `+pid` and `-pid` lines. When the pipe closes, whatever ended the parent, the script
 * removes the files given as arguments and ends every process group still listed: SIGTERM, then
 * SIGKILL after 3 s.
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
 * Ends the child processes when the stack's process ends, even by SIGKILL. Children run in their
 * own process groups, so that Ctrl-C reaches only the parent, which stops them in order. After a
 * SIGKILL of the parent they would be orphaned; a small shell that reads from a pipe notices the
 * end of the parent and ends them.
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

  /** After `close()` no process may be started. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Watches a process group. */
  add(pid: number): void {
    this.tell(`+${pid}`);
  }

  /** Forgets a process group that has ended. */
  remove(pid: number): void {
    this.tell(`-${pid}`);
  }

  /** Ends the guardian and every process group it still watches. */
  close(): void {
    this.closed = true;
    this.shell.stdin?.end();
  }

  private tell(line: string): void {
    if (!this.closed) this.shell.stdin?.write(`${line}\n`);
  }
}
