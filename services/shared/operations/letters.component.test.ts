import { startOperated, type OperatedUnderTest } from '../../../test/support/operated-service';
import { unsentLetters } from '../contracts/calls/notify';
import { query } from '../db/data-source';
import { serviceClocks } from '../db/database-clock';
import { newId } from '../kernel/ids';
import { compareLetters } from '../work/letters/compare-letters';
import { sendLetters, type DueLetter } from '../work/letters/send-letters';

const operator = { id: newId(), role: 'admin' as const };
const PATH = '/operations/tester/letters';
const content = { template: 'beak-shape-changed' };

let service: OperatedUnderTest;
let woken = 0;
beforeAll(async () => {
  service = await startOperated({ letters: { wake: () => (woken += 1) } });
});
afterAll(() => service.stop());
beforeEach(() => query(service.app.database!, 'DELETE FROM due_letters'));

/** Queues a letter in a state; given-up ones were due two days ago. */
async function letter(state: 'due' | 'failed' | 'sent'): Promise<string> {
  const id = newId();
  await query(
    service.app.database!,
    `INSERT INTO due_letters (id, user_id, recipient, content, state, due_at, next_try_at, tries)
     VALUES ($1, $2, $3, $4, $5, now() - interval '2 days', now() - interval '1 day', 9)`,
    [id, newId(), { to: 'kesha@popug.example', nickname: 'kesha', locale: 'en' }, content, state],
  );
  return id;
}
const resend = (id: string) => service.client.as(operator).post(`${PATH}/${id}/resend`);

describe('a letter that was given up', () => {
  it('is listed, and sent again under its own id, for a day of attempts', async () => {
    const id = await letter('failed');
    const { body } = await service.client.as(operator).get(PATH).expect(200);
    expect(body.items).toMatchObject([
      { id, template: 'beak-shape-changed', to: 'kesha@popug.example', state: 'given-up' },
    ]);
    expect((await resend(id).expect(200)).body).toMatchObject({ id, state: 'due', tries: 0 });
    expect(woken).toBe(1);
    const sent: string[] = [];
    const send = (due: DueLetter): Promise<void> => {
      sent.push(due.id);
      return Promise.reject(new Error('away'));
    };
    const { database, parts } = service.app;
    await sendLetters({ ...serviceClocks, database: database!, logger: parts.logger, send });
    expect(sent).toEqual([id]);
    const due = await service.client.as(operator).get(`${PATH}?state=due`).expect(200);
    expect(due.body.items).toMatchObject([{ id, tries: 1 }]);
    const audit = await query(database!, 'SELECT * FROM audit_log WHERE subject = $1', [id]);
    expect(audit).toMatchObject([{ action: 'letter.resent', actor_id: operator.id }]);
  });

  it('is resent once by two at once', async () => {
    const id = await letter('failed');
    const answers = await Promise.all([resend(id), resend(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a letter that was not given up', () => {
  it.each(['due', 'sent'] as const)('is 409 when it is %s', async (state) => {
    expect((await resend(await letter(state)).expect(409)).body.type).toBe('not-given-up');
  });

  it('is 404 when nobody knows it', async () => {
    await resend(newId()).expect(404);
  });
});

describe('letters that were sent', () => {
  it('are unknown to Notify by name; older ones are not asked about', async () => {
    const { database, parts } = service.app;
    const asked: string[] = [];
    const [known, unknown, old] = [
      await letter('sent'),
      await letter('sent'),
      await letter('sent'),
    ];
    await query(database!, 'UPDATE due_letters SET next_try_at = now() WHERE id <> $1', [old]);
    service.neighbours.answer(unsentLetters, ({ body }) => {
      asked.push(...body.keys);
      return { keys: body.keys.filter((key) => key === unknown) };
    });
    expect(await compareLetters(database!, parts.sidecar)).toEqual([unknown]);
    expect(asked.sort()).toEqual([known, unknown].sort());
  });
});
