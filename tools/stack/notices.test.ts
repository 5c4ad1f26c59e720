import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from './processes';
import { until } from './wait';

const PATIENCE_MS = 20_000;
const SIDECARS = ['auth', 'board', 'user'].map((name) => `${name}.sidecar`);
/** Exits when the file `lost` appears; on a restart it keeps running. */
const GIVES_UP = `[ -e lost ] && exec sleep 60
until [ -e lost ]; do sleep 0.05; done
echo '{"level":"fatal","msg":"Host registration lost","scope":"x"}'; exit 1`;

it('says in one line that many sidecars ended at once, and why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'popug-notices-'));
  const lines: string[] = [];
  const processes = new Processes(join(folder, 'logs'), (line) => lines.push(line));
  const args = ['-c', GIVES_UP];
  try {
    for (const name of SIDECARS) {
      const spec = { name, command: '/bin/sh', args, cwd: folder, env: {}, respawn: true };
      processes.add(spec).start();
    }
    const touch = { name: 'touch', command: '/bin/sh', args: ['-c', 'touch lost'], cwd: folder };
    processes.add({ ...touch, env: {}, respawn: false }).start();
    await until({ what: 'a notice', timeoutMs: PATIENCE_MS }, () =>
      lines.some((line) => line.includes('sidecar')),
    );
    const told = lines.filter((line) => line.includes('Host registration lost'));
    expect(told[0]).toMatch(
      /^3 processes ended at once \(exit code 1: Host registration lost\) and are started again: /,
    );
    for (const name of SIDECARS) expect(told[0]).toContain(name);
  } finally {
    await processes.abandon();
    await rm(folder, { recursive: true, force: true });
  }
});
