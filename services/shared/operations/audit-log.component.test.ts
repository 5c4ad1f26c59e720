import { startOperated, type OperatedUnderTest } from '../../../test/support/operated-service';
import { recordAudit } from '../db/audit-log';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { asOwner } from '../testing/test-database';

const operator = { id: newId(), role: 'admin' as const };
const PATH = '/operations/tester/audit-log';
const [someone, other] = [newId(), newId()];

let service: OperatedUnderTest;
beforeAll(async () => {
  service = await startOperated();
  await service.app.database!.transaction(async (tx) => {
    for (const number of [1, 2, 3]) {
      const entry = { action: 'role.changed', subject: other, before: number, after: number + 1 };
      await recordAudit(tx, { actorId: someone, ...entry });
    }
    await recordAudit(tx, { actorId: null, action: 'user.approved', subject: 'x', reason: 'why' });
  });
});
afterAll(() => service.stop());

const read = async (search: string): Promise<{ items: object[]; next: string | null }> =>
  (await service.client.as(operator).get(`${PATH}${search}`).expect(200)).body as never;

describe('the audit log', () => {
  it('pages newest first, also rows of one transaction, none twice', async () => {
    const seen: object[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { items: object[]; next: string | null } = await read(
        `?limit=1${next && `&cursor=${next}`}`,
      );
      seen.push(...page.items);
      next = page.next;
    }
    // Rows of one transaction have one time: their order is that of their ids.
    const changes = seen.map((row) => row as { action: string; before: number | null });
    expect(changes.map(({ before }) => before).sort()).toEqual([1, 2, 3, null]);
    expect(seen).toContainEqual(
      expect.objectContaining({ actorId: someone, before: 2, after: 3, reason: null }),
    );
    expect(seen).toContainEqual(
      expect.objectContaining({
        action: 'user.approved',
        actorId: null,
        before: null,
        reason: 'why',
      }),
    );
  });

  it('filters by actor, subject, action and time', async () => {
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await read(`?actor=${someone}`)).items).toHaveLength(3);
    expect((await read(`?subject=${other}&action=role.changed`)).items).toHaveLength(3);
    expect((await read('?action=user.approved')).items).toHaveLength(1);
    expect((await read(`?from=${later}`)).items).toEqual([]);
    expect((await read(`?to=${later}`)).items).toHaveLength(4);
  });

  it('shows rows of older versions: from and to, and the rest', async () => {
    const details = { from: 'employee', to: 'manager', outcome: 'done', reason: 'because' };
    await query(
      service.app.database!,
      `INSERT INTO audit_log (id, actor_id, action, subject, details) VALUES ($1, $2, 'old', 'y', $3)`,
      [newId(), someone, details],
    );
    expect((await read('?action=old')).items).toMatchObject([
      { before: 'employee', after: 'manager', reason: 'because', details: { outcome: 'done' } },
    ]);
  });

  it('is a file, with the same filters and text that no spreadsheet runs', async () => {
    await service.app.database!.transaction((tx) =>
      recordAudit(tx, {
        actorId: someone,
        action: 'file.written',
        subject: other,
        before: null,
        after: { state: 'paid' },
        reason: '=1+1, "quoted"',
      }),
    );
    const { text, headers } = await service.client
      .as(operator)
      .get(`${PATH}.csv?action=file.written&locale=ru`)
      .expect(200);
    expect(headers['content-disposition']).toContain('popug-audit-log-tester.csv');
    const [titles, row, rest] = text.split('\r\n');
    expect(titles).toMatch(/^\ufeffВремя \(Europe\/Moscow\);Кто;Действие;/);
    expect(row).toContain(`;${someone};file.written;${other};;`);
    expect(row).toContain(`"{""state"":""paid""}";"'=1+1, ""quoted""";`);
    expect(rest).toBe('');
    await service.client.as({ role: 'manager' }).get(`${PATH}.csv`).expect(403);
  });

  it('is for operators', async () => {
    await service.client.as({ role: 'manager' }).get(PATH).expect(403);
    await service.client.as(operator).get('/operations/other/audit-log').expect(404);
    await service.client.as(operator).get(`${PATH}?actor=me`).expect(400);
    await service.client.as(operator).get(`${PATH}?what=else`).expect(400);
  });

  it('can not be changed, also by the owner of the database', async () => {
    for (const statement of ['UPDATE audit_log SET action = action', 'DELETE FROM audit_log']) {
      await expect(asOwner(service.test!, [statement])).rejects.toThrow('what was recorded stays');
    }
    await expect(asOwner(service.test!, ['TRUNCATE audit_log'])).rejects.toThrow('stays');
  });
});
