import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { doubledDelay } from '../../services/shared/kernel/delays';
import type { Guardian } from './guardian';
import { Notices, lastWords } from './notices';

const RESPAWN_MS = { first: 250, longest: 8_000 };
const STEADY_MS = 30_000;
const RESPAWN_LIMIT = 20;
const STOP_GRACE_MS = 15_000;
const SHOWN_LINES = 12;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** How one process is run. */
export interface ProcessSpec {
  /** Unique within a stack: `board`, `board.sidecar`, `redis`. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /**
   * Restarts the process with exponential backoff when it ends unexpectedly. `later`: only after
   * `supervise()`, so that a server that can't start fails at once.
   */
  respawn: boolean | 'later';
  /** The user to run as (PostgreSQL refuses to run as root). */
  uid?: number;
  gid?: number;
  /** The signal that `stop()` sends; default SIGTERM. */
  stopSignal?: NodeJS.Signals;
}

/** One process of the stack: start, kill, restart, stop, read its log. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private wanted = false;
  private respawns = 0;
  private startedAt = 0;

  constructor(
    readonly spec: ProcessSpec,
    private readonly guardian: Guardian,
    private readonly report: (line: string) => void,
    private readonly notices = new Notices(report),
  ) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  /** False when the process has ended and will not be restarted. */
  get isHopeful(): boolean {
    return this.isRunning || this.wanted;
  }

  /** From now on restarts the process when it ends unexpectedly. */
  supervise(): void {
    this.spec.respawn = true;
  }

  /** Starts the process; `env` changes single variables for this start and later ones. */
  start(env: NodeJS.ProcessEnv = {}): void {
    if (this.child) throw new Error(`${this.name} is running already`);
    if (this.guardian.isClosed) throw new Error(`${this.name}: the stack is being ended`);
    Object.assign(this.spec.env, env);
    this.wanted = true;
    this.spawn();
  }

  /** Sends a signal; unless it is SIGSTOP or SIGCONT, waits for the end and does not restart. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const isDeadly = signal !== 'SIGSTOP' && signal !== 'SIGCONT';
    if (isDeadly) this.wanted = false;
    this.child?.kill(signal);
    if (isDeadly) await this.ended;
  }

  /** Sends the stop signal, and SIGKILL after the grace period. */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    this.wanted = false;
    const child = this.child;
    if (!child) return;
    child.kill(this.spec.stopSignal ?? 'SIGTERM');
    child.kill('SIGCONT');
    const patience = new AbortController();
    const timer = delay(graceMs, undefined, { signal: patience.signal }).then(
      () => {
        this.report(`${this.name} did not end within ${graceMs / 1_000} s: killed`);
        child.kill('SIGKILL');
      },
      () => undefined,
    );
    await this.ended;
    patience.abort();
    await timer;
  }

  /** Ends the process by SIGKILL if it runs, and starts it again. */
  async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.kill('SIGKILL');
    this.start(env);
  }

  /** The log of all runs of the process. */
  log(): string {
    try {
      return readFileSync(this.spec.logFile, 'utf8');
    } catch {
      return '';
    }
  }

  /** The end of the log, for messages. */
  lastLines(count = SHOWN_LINES): string {
    return this.log().trimEnd().split('\n').slice(-count).join('\n');
  }

  private spawn(): void {
    const { command, args, cwd, env, logFile, uid, gid } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true, mode: PRIVATE_FOLDER });
    const log = openSync(logFile, 'a', PRIVATE_FILE);
    this.startedAt = Date.now();
    // Own process group: Ctrl-C reaches only the parent, which stops the children in order.
    const child = spawn(command, args, {
      cwd,
      env,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    const pid = child.pid;
    if (pid !== undefined) this.guardian.add(pid);
    this.ended = new Promise((resolve) => {
      const finish = (how: string): void => {
        if (this.child !== child) return;
        this.child = undefined;
        if (pid !== undefined) this.guardian.remove(pid);
        if (this.wanted) this.onUnexpectedEnd(how);
        resolve();
      };
      child.once('error', (error) => finish(error.message));
      child.once('exit', (code, signal) => finish(signal ?? `exit code ${code}`));
    });
  }

  private onUnexpectedEnd(how: string): void {
    if (Date.now() - this.startedAt > STEADY_MS) this.respawns = 0;
    if (this.spec.respawn !== true || this.respawns >= RESPAWN_LIMIT) {
      this.wanted = false;
      this.report(`${this.name} ended (${how}). Its last lines:\n${this.lastLines()}`);
      return;
    }
    this.respawns += 1;
    const waitMs = doubledDelay(this.respawns, RESPAWN_MS);
    const words = [how, lastWords(this.lastLines(1))].filter(Boolean);
    this.notices.startedAgain(this.name, words.join(': '));
    setTimeout(() => {
      if (this.wanted && !this.child) this.spawn();
    }, waitMs).unref();
  }
}
