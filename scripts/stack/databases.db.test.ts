import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Databases, databaseNames, withClient } from './databases';
import { Secrets } from './secrets';

const adminUrl = process.env['TEST_POSTGRES_URL']!;
const prefix = `t${randomBytes(4).toString('hex')}_`;

/** Making and dropping databases writes to disk a lot. */
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

let folder: string;
const made: Databases[] = [];

async function open(origin: string, file = 'secrets.json'): Promise<Databases> {
  const databases = new Databases(adminUrl, prefix, await Secrets.open(join(folder, file)), origin);
  made.push(databases);
  return databases;
}

const count = (url: string): Promise<number> =>
  withClient(url, async (client) => (await client.query('SELECT * FROM letters')).rowCount ?? 0);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-databases-'));
});
afterEach(async () => {
  await made[0]?.drop();
  made.length = 0;
  await rm(folder, { recursive: true, force: true });
});

it('makes every database once, and keeps what is in it', async () => {
  const first = await open('/here');
  expect(await first.ownership()).toBe('none');
  expect(await first.create()).toBe(true);
  await withClient(first.url('auth', 'owner'), (client) => client.query('CREATE TABLE letters ()'));
  const second = await open('/here');
  expect(await second.create()).toBe(false);
  expect(await second.ownership()).toBe('ours');
  expect(await count(second.url('auth', 'owner'))).toBe(0);
});

it('lets the app in to serve, but not to build, and nobody else in at all', async () => {
  const databases = await open('/here');
  await databases.create();
  const build = withClient(databases.url('auth', 'app'), (client) =>
    client.query('CREATE TABLE letters ()'),
  );
  await expect(build).rejects.toThrow('permission denied for schema public');
  const foreign = new URL(databases.url('board', 'app'));
  foreign.pathname = `/${prefix}auth`;
  const visit = withClient(foreign.href, (client) => client.query('SELECT 1'));
  await expect(visit).rejects.toThrow('permission denied for database');
});

it('knows the databases of another folder, and drops its own when their folder was forgotten', async () => {
  const first = await open('/here');
  await first.create();
  await withClient(first.url('auth', 'owner'), (client) => client.query('CREATE TABLE letters ()'));
  expect(await (await open('/there')).ownership()).toBe('foreign');
  const forgotten = await open('/here', 'new-secrets.json');
  expect(await forgotten.create()).toBe(true);
  await expect(count(forgotten.url('auth', 'owner'))).rejects.toThrow('does not exist');
});

it('leaves neither database nor role behind', async () => {
  const databases = await open('/here');
  await databases.create();
  await databases.drop();
  const left = await withClient(adminUrl, (client) =>
    client.query(
      `SELECT datname FROM pg_database WHERE starts_with(datname, $1)
       UNION SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)`,
      [prefix],
    ),
  );
  expect(left.rows).toEqual([]);
  expect(databaseNames()).toContain('bank');
});
