import { Registry } from 'prom-client';
import { query } from '../../../shared/db/data-source';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  type TestEvening,
} from '../../testing/test-evening';
import { withRange, type MoneyInvariant } from '../queries/checked-range';
import { checkInvariantsJob } from './check-invariants.job';

const MONDAY = '2026-03-02';

let evening: TestEvening;
let registry: Registry;
beforeEach(async () => {
  evening = await createTestEvening();
  registry = new Registry();
});
afterEach(() => evening.drop());

const invariant = (name: string, rows: string): MoneyInvariant => {
  return {
    name,
    meaning: '',
    checked: 'both',
    sql: withRange(`rows AS (${rows}) SELECT what FROM rows`),
  };
};
const holding = invariant('holding', `SELECT '' AS what WHERE false`);

/** Returns the value of a metric; undefined before the first measurement. */
async function valueOf(metric: string, name?: string): Promise<number | undefined> {
  const { values } = await registry.getSingleMetric(metric)!.get();
  return values.find(({ labels }) => labels['name'] === name)?.value;
}

describe('the check of the books', () => {
  it('shows for every invariant that it holds, and since when', async () => {
    const { books } = evening;
    await earn(books, await openPayee(books), 500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    const [before] = await query<{ seconds: number }>(
      books.database,
      'SELECT extract(epoch FROM now())::float8 AS seconds',
    );
    await checkInvariantsJob(books, registry).run();
    const { values } = await registry.getSingleMetric('money_invariant_violations')!.get();
    expect(values.length).toBeGreaterThan(0);
    for (const { labels, value } of values) {
      expect(value).toBe(0);
      const provenAt = await valueOf('money_invariant_proven_at', String(labels['name']));
      expect(provenAt).toBeGreaterThanOrEqual(Math.floor(before!.seconds));
    }
    expect(await valueOf('business_days_unproven')).toBe(0);
  });

  it('shows a fault as a number, and does not call it proven', async () => {
    const { books } = evening;
    await earn(books, await openPayee(books), 500n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    const broken = invariant(
      'broken',
      `SELECT 'this' AS what WHERE $2 = 'infinity'
      UNION ALL SELECT 'that' WHERE $2 = '${MONDAY}'`,
    );
    await checkInvariantsJob(books, registry, [holding, broken]).run();
    expect(await valueOf('money_invariant_violations', 'broken')).toBe(2);
    expect(await valueOf('money_invariant_proven_at', 'broken')).toBeUndefined();
    expect(await valueOf('business_days_unproven')).toBe(1);
  });

  it('shows no number for what nobody can tell, and checks the others all the same', async () => {
    const slow = invariant('slow', `SELECT '' AS what WHERE 1 / length('') = 1`);
    const broken = invariant('broken', `SELECT 'this' AS what`);
    const job = checkInvariantsJob(evening.books, registry, [slow, broken, holding]);
    await expect(job.run()).rejects.toThrow('could not be checked');
    expect(await valueOf('money_invariant_violations', 'slow')).toBeNaN();
    expect(await valueOf('money_invariant_violations', 'broken')).toBe(1);
    expect(await valueOf('money_invariant_violations', 'holding')).toBe(0);
    expect(await valueOf('money_invariant_proven_at', 'slow')).toBeUndefined();
  });

  it('keeps the moment of the last proof, and no good number, when the database is away', async () => {
    const job = checkInvariantsJob(evening.books, registry, [holding]);
    await job.run();
    const provenAt = await valueOf('money_invariant_proven_at', 'holding');
    expect(provenAt).toBeGreaterThan(0);
    await evening.books.database.destroy();
    await expect(job.run()).rejects.toThrow();
    expect(await valueOf('money_invariant_violations', 'holding')).toBeNaN();
    expect(await valueOf('money_invariant_proven_at', 'holding')).toBe(provenAt);
  });
});
