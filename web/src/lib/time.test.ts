import { expect, it } from 'vitest';
import { formatAgo, formatLength, momentOf, writtenOf } from './time';

const now = Date.parse('2026-11-26T08:00:00.000Z');

it.each([
  ['2026-11-26T07:57:00.000Z', '3 minutes ago'],
  ['2026-11-26T08:00:20.000Z', 'now'],
  ['2026-11-26T06:59:00.000Z', null],
  ['2026-11-26T08:05:00.000Z', null],
])('%s is %j at eight', (moment, words) => expect(formatAgo(moment, 'en', now)).toBe(words));

it('what a form writes is read in the viewer’s zone, and back', () => {
  expect(momentOf('2026-11-26')).toBe(new Date(2026, 10, 26).toISOString());
  expect(writtenOf(momentOf('2026-11-26T09:30')!)).toBe('2026-11-26T09:30');
  expect(momentOf('')).toBeNull();
});

it('lengths are said in their largest whole unit', () => {
  expect([0, 59, 60, 7_260].map((seconds) => formatLength(seconds, 'en'))).toEqual([
    '0 sec',
    '59 sec',
    '1 min',
    '2 hr',
  ]);
});
