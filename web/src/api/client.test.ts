import { expect, it } from 'vitest';
import { createQueries } from './client';
import { Problem } from './problems';

const tooMany = new Problem('too-many-attempts', 429, {}, 3_600_000);
const away = new Problem('unavailable', 503, {});

it('a change that came too often is not sent again by itself: a person decides', () => {
  const { mutations, queries } = createQueries().getDefaultOptions();
  const isSentAgain = (retry: unknown, problem: Problem): unknown =>
    (retry as (failures: number, error: unknown) => boolean)(0, problem);
  expect(isSentAgain(mutations?.retry, tooMany)).toBe(false);
  expect(isSentAgain(mutations?.retry, away)).toBe(true);
  expect(isSentAgain(queries?.retry, tooMany)).toBe(true);
});
