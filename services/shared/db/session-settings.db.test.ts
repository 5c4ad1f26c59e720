import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/test-database';
import { connectClient, createClient, query } from './data-source';
import { UnsuitableServer } from './session-settings';

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase(createMessagingDatabase);
});
afterEach(() => test.drop());

const names = (): { role: string; database: string } => {
  const { username, pathname } = new URL(test.url);
  return { role: username, database: pathname.slice(1) };
};

async function connectAnew(url = test.url): Promise<void> {
  const database = await createMessagingDatabase(url).initialize();
  await database.destroy();
}

describe('a connection', () => {
  it.each([
    ['default_transaction_isolation', 'repeatable read', 'read committed'],
    ['default_transaction_isolation', 'serializable', 'read committed'],
    ['default_transaction_read_only', 'on', 'off'],
    ['synchronous_commit', 'off', 'on'],
    ['TimeZone', 'Asia/Tokyo', 'UTC'],
    ['DateStyle', 'German', 'ISO, MDY'],
    ['search_path', 'pg_temp', 'public'],
    ['lock_timeout', '0', '8s'],
    ['statement_timeout', '1ms', '10s'],
    ['idle_in_transaction_session_timeout', '1ms', '15s'],
  ])('on a database and to a role with %s = %s: has %s', async (setting, theirs, ours) => {
    const { role, database } = names();
    await asAdministrator([
      `ALTER DATABASE ${database} SET ${setting} TO '${theirs}'`,
      `ALTER ROLE ${role} SET ${setting} TO '${theirs}'`,
    ]);
    const fresh = await createMessagingDatabase(test.url).initialize();
    const shown = await query<Record<string, string>>(fresh, `SHOW ${setting}`);
    await fresh.destroy();
    expect(Object.values(shown[0]!)).toEqual([ours]);
    const client = createClient({ name: 'test', url: test.url, answerTimeoutMs: 5_000 });
    await connectClient(client);
    const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`);
    await client.end();
    expect(Object.values(rows[0]!)).toEqual([ours]);
  });

  it('whose settings are replaced on the way to the server: refused, all named', async () => {
    const url = new URL(test.url);
    url.searchParams.set('options', '-c TimeZone=Asia/Tokyo');
    await expect(connectAnew(url.href)).rejects.toThrow(/TimeZone is Asia\/Tokyo, must be UTC/);
    await expect(connectAnew(url.href)).rejects.toThrow(/lock_timeout is 0, must be 8000/);
    await expect(connectAnew(url.href)).rejects.toThrow(UnsuitableServer);
    const client = createClient({ name: 'test', url: url.href, answerTimeoutMs: 5_000 });
    await expect(connectClient(client)).rejects.toThrow(UnsuitableServer);
  });

  it('that would pass the triggers of the ledger by: refused', async () => {
    await asAdministrator([`ALTER ROLE ${names().role} SET session_replication_role TO replica`]);
    await expect(connectAnew()).rejects.toThrow(/session_replication_role is replica/);
  });

  it('to a database that does not keep texts as UTF-8: refused', async () => {
    const { database } = names();
    const name = `${database}_ascii`;
    const encoding = `TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`;
    await asAdministrator([`CREATE DATABASE ${name} ${encoding}`]);
    const url = new URL(test.url);
    url.pathname = `/${name}`;
    try {
      await expect(connectAnew(url.href)).rejects.toThrow(/server_encoding is SQL_ASCII/);
    } finally {
      await asAdministrator([`DROP DATABASE ${name} WITH (FORCE)`]);
    }
  });
});
