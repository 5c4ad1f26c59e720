import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../operations/postgres/client';
import { Databases } from './databases';
import { Secrets } from './secrets';

const adminUrl = process.env['TEST_POSTGRES_URL']!;
const prefix = `t${randomBytes(4).toString('hex')}_`;

let folder: string;
let databases: Databases;

async function open(origin: string, file = 'secrets.json'): Promise<Databases> {
  return new Databases(adminUrl, prefix, await Secrets.open(join(folder, file)), origin);
}

const countLetters = (by: Databases): Promise<number> =>
  withClient(by.url('auth', 'owner'), async (client) => {
    return (await client.query('SELECT * FROM letters')).rowCount ?? 0;
  });

// Creating databases is slow (disk): the tests share one set, and the last test drops it.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-databases-'));
  databases = await open('/here');
  expect(await databases.ownership()).toBe('none');
  expect(await databases.create()).toBe(true);
  await withClient(databases.url('auth', 'owner'), (client) =>
    client.query('CREATE TABLE letters ()'),
  );
});
afterAll(async () => {
  await databases.drop();
  await rm(folder, { recursive: true, force: true });
});

it('makes every database once, and keeps what is in it', async () => {
  const again = await open('/here');
  expect(await again.create()).toBe(false);
  expect(await again.ownership()).toBe('ours');
  expect(await countLetters(again)).toBe(0);
});

it('lets the app in to serve, but not to build, and nobody else in at all', async () => {
  const build = withClient(databases.url('auth', 'app'), (client) =>
    client.query('CREATE TABLE letters ()'),
  );
  await expect(build).rejects.toThrow('permission denied for schema public');
  const foreign = new URL(databases.url('board', 'app'));
  foreign.pathname = `/${prefix}auth`;
  const visit = withClient(foreign.href, (client) => client.query('SELECT 1'));
  await expect(visit).rejects.toThrow('permission denied for database');
});

it('knows the databases of another folder', async () => {
  expect(await (await open('/there')).ownership()).toBe('foreign');
});

it('makes a database again whose maker was killed before it said whose it is', async () => {
  await withClient(adminUrl, async (client) => {
    await client.query(`DROP DATABASE "${prefix}bank" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${prefix}bank_draft" OWNER "${prefix}bank_owner"`);
  });
  const again = await open('/here');
  await again.create();
  expect(await again.ownership()).toBe('ours');
  await withClient(adminUrl, (client) =>
    client.query(`CREATE DATABASE "${prefix}bank_draft" OWNER "${prefix}bank_owner"`),
  );
});

it('begins anew when the folder was forgotten, and leaves neither database nor role', async () => {
  const forgotten = await open('/here', 'new-secrets.json');
  expect(await forgotten.create()).toBe(true);
  await expect(countLetters(forgotten)).rejects.toThrow('does not exist');
  await forgotten.drop();
  const left = await withClient(adminUrl, (client) =>
    client.query(
      `SELECT datname FROM pg_database WHERE starts_with(datname, $1)
       UNION SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)`,
      [prefix],
    ),
  );
  expect(left.rows).toEqual([]);
});
