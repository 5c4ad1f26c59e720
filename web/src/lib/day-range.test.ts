import { expect, it } from 'vitest';
import { rangeFault, rangeQuery } from './day-range';

it('a range has at most 366 days and does not end before it begins', () => {
  expect(rangeFault({ from: '2025-11-26', to: '2026-11-26' })).toBeNull();
  expect(rangeFault({ from: '2025-11-25', to: '2026-11-26' })).toBe('tooLong');
  expect(rangeFault({ from: '2026-11-27', to: '2026-11-26' })).toBe('afterEnd');
  expect(rangeFault({ from: null, to: '2026-11-26' })).toBeNull();
});

it('an end that is not chosen is not asked for', () => {
  expect(rangeQuery({ from: null, to: '2026-11-26' })).toEqual({ to: '2026-11-26' });
});
