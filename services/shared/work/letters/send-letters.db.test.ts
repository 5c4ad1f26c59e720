import { ADDRESS_REFUSED, putLetter } from '../../contracts/calls/notify';
import { call } from '../../dapr/invoke';
import { Sidecar } from '../../dapr/sidecar';
import { query } from '../../db/data-source';
import { newId } from '../../kernel/ids';
import { createLogger } from '../../observability/logger';
import { createLettersDatabase } from '../../../../test/support/letters-database';
import { Neighbours } from '../../testing/neighbours';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { oweLetter, type LetterRecipient } from './due-letters';
import { sendLetters, type LetterDesk } from './send-letters';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = new Date('2026-03-02T09:00:00.000Z');
const RECIPIENT = { to: 'kesha@popug.example', nickname: 'kesha', locale: 'en' } as const;
const CONTENT = { template: 'beak-shape-changed' } as const;

let test: TestDatabase;
let neighbours: Neighbours;
let sidecar: Sidecar;
let now: Date;
/** Keys that Notify was called with, in order. */
let asked: string[];
/** Notify's refusal; `null` when it sends letters. */
let refusal: { refuse: number; type?: string } | null;
let logged: string[];

beforeEach(async () => {
  test = await createTestDatabase(createLettersDatabase);
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test' });
  [now, asked, refusal, logged] = [START, [], null, []];
  neighbours.answer(putLetter, ({ params, body }) => {
    expect(body).toEqual({ ...RECIPIENT, letter: CONTENT });
    asked.push(params['key']!);
    return refusal ?? { sent: true, alreadySent: false };
  });
});
afterEach(async () => {
  await sidecar.close();
  await neighbours.stop();
  await test.drop();
});

const desk = (): LetterDesk => ({
  database: test.database,
  now: () => Promise.resolve(now),
  clock: () => now,
  logger: createLogger('letters-test', 'error', { write: (line) => logged.push(line) }),
  async send({ id, recipient, content }) {
    if (recipient === null) throw new TypeError('nobody to write to');
    const { to, nickname, locale } = recipient;
    const body = { to, nickname, locale, letter: content };
    await call(sidecar, putLetter, { params: { key: id }, body });
  },
});
const run = (): Promise<void> => sendLetters(desk());

const owe = (recipient: LetterRecipient = RECIPIENT): Promise<void> =>
  test.database.transaction((tx) =>
    oweLetter(tx, { userId: newId(), recipient, content: CONTENT }, now),
  );
const pass = (ms: number): void => void (now = new Date(now.getTime() + ms));
const rows = (): Promise<{ id: string; state: string; tries: number }[]> =>
  query(test.database, 'SELECT id, state, tries FROM due_letters ORDER BY id');

describe('a letter that is due', () => {
  it('is sent once, under its id', async () => {
    await owe();
    await run();
    pass(HOUR_MS);
    await run();
    const [letter] = await rows();
    expect(letter).toMatchObject({ state: 'sent', tries: 1 });
    expect(asked).toEqual([letter!.id]);
  });

  it('is not owed when the change is taken back', async () => {
    const failing = test.database.transaction(async (tx) => {
      await oweLetter(tx, { userId: newId(), recipient: RECIPIENT, content: CONTENT }, now);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await rows()).toEqual([]);
  });

  it('Notify away: rests, and is tried again with the same key', async () => {
    await owe();
    refusal = { refuse: 503 };
    await run();
    await run();
    expect(asked).toHaveLength(1);
    refusal = null;
    pass(MINUTE_MS);
    await run();
    const [letter] = await rows();
    expect(letter).toMatchObject({ state: 'sent', tries: 2 });
    expect(asked).toEqual([letter!.id, letter!.id]);
    expect(logged).toEqual([]);
  });

  it('Notify away for a day: given up, and said as an error', async () => {
    await owe();
    refusal = { refuse: 503 };
    for (let hour = 0; hour < 24; hour++) {
      await run();
      expect(await rows()).toMatchObject([{ state: 'due' }]);
      pass(HOUR_MS);
    }
    await run();
    expect(await rows()).toMatchObject([{ state: 'failed' }]);
    expect(logged).toHaveLength(1);
    pass(HOUR_MS);
    await run();
    expect(asked).toHaveLength(25);
  });

  it('an address that is wrong for certain: given up at once', async () => {
    await owe();
    refusal = { refuse: 422, type: ADDRESS_REFUSED };
    await run();
    expect(await rows()).toMatchObject([{ state: 'failed', tries: 1 }]);
    expect(logged).toHaveLength(1);
  });

  it('an address of before that is gone: forgotten, for nobody can mend that', async () => {
    await owe({ ...RECIPIENT, mayBeGone: true });
    refusal = { refuse: 503 };
    await run();
    expect(await rows()).toMatchObject([{ state: 'due', tries: 1 }]);
    pass(MINUTE_MS);
    refusal = { refuse: 422, type: ADDRESS_REFUSED };
    await run();
    expect(await rows()).toEqual([]);
    expect(logged).toEqual([]);
  });

  it.each([
    ['another 422', { refuse: 422, type: 'key-reused' }],
    ['400', { refuse: 400 }],
    ['404', { refuse: 404 }],
    ['409', { refuse: 409 }],
  ])('%s: tried again, for a day', async (_, answer) => {
    await owe();
    refusal = answer;
    await run();
    expect(await rows()).toMatchObject([{ state: 'due', tries: 1 }]);
    pass(25 * HOUR_MS);
    await run();
    expect(await rows()).toMatchObject([{ state: 'failed', tries: 2 }]);
  });

  it('a fault of our own: holds no other letter up, and is given up after a day too', async () => {
    for (let count = 0; count < 6; count++) await owe();
    const [poison] = await rows();
    await query(test.database, 'UPDATE due_letters SET recipient = NULL WHERE id = $1', [
      poison!.id,
    ]);
    const isPoison = ({ id }: { id: string }): boolean => id === poison!.id;
    await run();
    for (const row of await rows()) expect(row.state).toBe(isPoison(row) ? 'due' : 'sent');
    pass(25 * HOUR_MS);
    await run();
    expect((await rows()).filter(isPoison)).toMatchObject([{ state: 'failed' }]);
  });

  it('a crash before it was marked: the same key again once the lease is over', async () => {
    await owe();
    await query(test.database, 'UPDATE due_letters SET next_try_at = $1, tries = 1', [
      new Date(now.getTime() + MINUTE_MS),
    ]);
    await run();
    expect(asked).toEqual([]);
    pass(MINUTE_MS);
    await run();
    expect(asked).toEqual([(await rows())[0]!.id]);
  });

  it('two runs at once: one call for each letter', async () => {
    for (let count = 0; count < 30; count++) await owe();
    await Promise.all([run(), run()]);
    expect([...asked].sort()).toEqual((await rows()).map(({ id }) => id));
  });
});
