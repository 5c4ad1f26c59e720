import { join } from 'node:path';
import { Guardian } from './guardian';
import { ManagedProcess, type ProcessSpec } from './managed-process';
import { Notices } from './notices';

/** All processes of one stack, by name. */
export class Processes {
  private readonly guardian: Guardian;
  private readonly notices: Notices;
  private readonly byName = new Map<string, ManagedProcess>();

  constructor(
    private readonly logDirectory: string,
    private readonly report: (line: string) => void,
    removedAtEnd: readonly string[] = [],
  ) {
    this.guardian = new Guardian(removedAtEnd);
    this.notices = new Notices(report);
  }

  /** Adds a process without starting it. Its log is `<name>.log`. */
  add(spec: Omit<ProcessSpec, 'logFile'>): ManagedProcess {
    if (this.byName.has(spec.name)) throw new Error(`Two processes named ${spec.name}`);
    const logFile = join(this.logDirectory, `${spec.name}.log`);
    const made = new ManagedProcess({ ...spec, logFile }, this.guardian, this.report, this.notices);
    this.byName.set(spec.name, made);
    return made;
  }

  get(name: string): ManagedProcess {
    const found = this.byName.get(name);
    if (!found) throw new Error(`No process ${name}; there are ${this.names().join(', ')}`);
    return found;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  names(): string[] {
    return [...this.byName.keys()];
  }

  /** Stops the named processes in parallel; unknown names are ignored. */
  async stop(names: readonly string[], graceMs?: number): Promise<void> {
    const chosen = names.filter((name) => this.byName.has(name));
    await Promise.all(chosen.map((name) => this.get(name).stop(graceMs)));
  }

  /** Kills everything with SIGKILL; nothing can be started afterwards. */
  async abandon(): Promise<void> {
    this.guardian.close();
    await Promise.all([...this.byName.values()].map((each) => each.kill('SIGKILL')));
  }

  /** Ends the guardian; for after all processes have ended. */
  close(): void {
    this.notices.flush();
    this.guardian.close();
  }
}
