import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from './secrets';

const PERMISSIONS = 0o777;
const OWNER_ONLY = 0o600;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps a secret once made, in a file for its owner only', async () => {
  const file = join(folder, 'deep', 'secrets.json');
  const first = await Secrets.open(file);
  expect(first.isNew).toBe(true);
  const made = first.get('database:board_app');
  await first.save();
  const second = await Secrets.open(file);
  expect(second.isNew).toBe(false);
  expect(second.instance).toBe(first.instance);
  expect(second.get('database:board_app')).toBe(made);
  expect((await stat(file)).mode & PERMISSIONS).toBe(OWNER_ONLY);
});

it('makes different secrets for different names', async () => {
  const secrets = await Secrets.open(join(folder, 'secrets.json'));
  expect(secrets.get('a')).not.toBe(secrets.get('b'));
});

it('says what to do when the file is broken', async () => {
  const file = join(folder, 'secrets.json');
  await writeFile(file, '{"instance":');
  await expect(Secrets.open(file)).rejects.toThrow(/secrets\.json.*\n.*npm run reset/);
});
