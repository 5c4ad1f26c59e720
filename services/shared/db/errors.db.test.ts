import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { connectClient, createClient, query } from './data-source';
import { isConnectionError } from './errors';
import { UnsuitableServer } from './session-settings';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
});
afterAll(() => test.drop());

async function cut(pid: number): Promise<void> {
  await query(test.database, 'SELECT pg_terminate_backend($1, 5000)', [pid]);
}

describe('a connection cut off by the server', () => {
  it('between two statements of a transaction: known as a connection error', async () => {
    const cutOff = test.database.transaction(async (tx) => {
      const [row] = await query<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid');
      await cut(row!.pid);
      await new Promise(setImmediate);
      await query(tx, 'SELECT 1');
    });
    const error: unknown = await cutOff.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(isConnectionError(error)).toBe(true);
    await expect(query(test.database, 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('a standby that answers in its place: a connection error, until it is promoted', async () => {
    const url = new URL(test.url);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const standby = createClient({ name: 'test', url: url.href, answerTimeoutMs: 5_000 });
    const error: unknown = await connectClient(standby).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnsuitableServer);
    expect(String(error)).toContain(' transaction_read_only is on');
    expect(isConnectionError(error)).toBe(true);
  });

  it.each(['EAI_AGAIN', 'EHOSTUNREACH', 'ECONNREFUSED'])('%s: a connection error', (code) => {
    expect(isConnectionError(Object.assign(new Error('connect'), { code }))).toBe(true);
  });
});
