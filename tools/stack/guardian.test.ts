import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guardian } from './guardian';
import { until } from './wait';

const TIMEOUT_MS = 10_000;

/** A process group of two, as of a service with a child process. */
function startGroup(): { pid: number; ended: Promise<unknown> } {
  const child = spawn('/bin/sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' });
  return { pid: child.pid!, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('ends whole process groups and removes files once its pipe closes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'popug guardian-'));
  const file = join(folder, 'local.json');
  await writeFile(file, '{}');
  const guardian = new Guardian([file]);
  const [first, second, forgotten] = [startGroup(), startGroup(), startGroup()];
  try {
    for (const { pid } of [first, second, forgotten]) guardian.add(pid);
    guardian.remove(forgotten.pid);
    guardian.close();
    await Promise.all([first.ended, second.ended]);
    await until({ what: 'both groups to end', timeoutMs: TIMEOUT_MS }, () =>
      [first, second].every(({ pid }) => !isGroupAlive(pid)),
    );
    expect(existsSync(file)).toBe(false);
    expect(isGroupAlive(forgotten.pid)).toBe(true);
  } finally {
    process.kill(-forgotten.pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});
