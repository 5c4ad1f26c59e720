import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyForOthers } from './postgres-place';

const PERMISSIONS = 0o777;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-copy-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('copies for other users: links stay inside the copy, rights are those of the owner', async () => {
  const from = join(folder, 'from');
  await mkdir(join(from, 'lib'), { recursive: true });
  await writeFile(join(from, 'lib', 'libpq.so.5.18'), 'library', { mode: 0o600 });
  await symlink('libpq.so.5.18', join(from, 'lib', 'libpq.so.5'));
  await writeFile(join(from, 'initdb'), 'program', { mode: 0o700 });
  await chmod(join(from, 'lib'), 0o700);
  const to = join(folder, 'to');
  await copyForOthers(from, to);
  await rm(from, { recursive: true });
  expect(await readlink(join(to, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(await readFile(join(to, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  const modes = ['lib', 'lib/libpq.so.5.18', 'initdb'].map(async (name) =>
    ((await stat(join(to, name))).mode & PERMISSIONS).toString(8),
  );
  expect(await Promise.all(modes)).toEqual(['755', '644', '755']);
});
