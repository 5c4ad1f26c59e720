import { expect, it } from 'vitest';
import { someEntry } from '../../../test/accounting-factories';
import { usd } from '../../../test/factories';
import type { StatementDay } from './queries';
import { rowsOf } from './rows-of';

const someDay = (day: string, more: Partial<StatementDay> = {}): StatementDay => ({
  ...{ day, state: 'closed', from: `${day}T00:00:00.000Z`, cutOffAt: `${day}T15:00:00.000Z` },
  ...{ opening: usd(0), fees: usd(0), rewards: usd(0), corrections: usd(0), returned: usd(0) },
  ...{ payoutId: null, paid: usd(0), closing: usd(0), carriedBecause: null },
  ...more,
});
const at = (day: string) => someEntry({ day, at: `${day}T09:00:00.000Z` });
const shapeOf = (rows: ReturnType<typeof rowsOf>) => rows.map(({ type }) => type).join(' ');

it('lines stand below the head of their day, newest day first, in the order of the ledger', () => {
  const [second, first, old] = [at('2026-11-26'), at('2026-11-26'), at('2026-11-25')];
  const rows = rowsOf([second, first, old], [someDay('2026-11-25'), someDay('2026-11-26')], true);
  expect(shapeOf(rows)).toBe('day entry entry day entry');
  expect(rows.map(({ key }) => key)).toEqual([
    '2026-11-26',
    second.id,
    first.id,
    '2026-11-25',
    old.id,
  ]);
});

it('what was carried over is told, also on a day without lines', () => {
  const carried = someDay('2026-11-25', { carriedBecause: 'below-zero' });
  expect(shapeOf(rowsOf([at('2026-11-26')], [someDay('2026-11-26'), carried], true))).toBe(
    'day entry day carried',
  );
});

it('a day is not shown before its lines can have been fetched', () => {
  const carried = someDay('2026-11-24', { carriedBecause: 'held' });
  expect(shapeOf(rowsOf([at('2026-11-26')], [someDay('2026-11-26'), carried], false))).toBe(
    'day entry',
  );
});

it('a line that happened before its day began is late', () => {
  const late = someEntry({ day: '2026-11-26', at: '2026-11-25T14:59:00.000Z' });
  const [, row] = rowsOf(
    [late],
    [someDay('2026-11-26', { from: '2026-11-25T15:00:00.000Z' })],
    true,
  );
  expect(row).toMatchObject({ isLate: true });
});

it('without figures of days, the lines are there', () => {
  expect(shapeOf(rowsOf([at('2026-11-26')], [], true))).toBe('entry');
});
