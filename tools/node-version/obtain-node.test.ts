import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainNode } from './obtain-node';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'popug-node-'));
});
afterEach(() => rm(cache, { recursive: true }));

it('a Node.js that was fetched before is used again, without the registry', async () => {
  const name = `node-${process.platform}-${process.arch}`;
  const programs = join(cache, 'node', `${name}-24`, 'node_modules', name, 'bin');
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, 'node'), '');
  await expect(obtainNode('24', cache)).resolves.toBe(programs);
});

it('only a version is asked for: nothing else gets into the command line of npm', async () => {
  for (const version of ['latest', '24; ls', '../24', '']) {
    await expect(obtainNode(version, cache)).rejects.toThrow('is no version such as 24');
  }
});
