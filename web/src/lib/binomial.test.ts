import { describe, expect, it } from 'vitest';
import { spreadOf } from './binomial';

/** 2.5 % and 97.5 % as parts of forty: the comparison below is of whole numbers. */
const FORTY = 40n;

/** Quantile by whole numbers alone: smallest k with Σ C(n, i) (m − 1)^(n − i) · 40 ≥ part · m^n. */
function exactQuantile(tasks: number, people: number, part: bigint): number {
  const n = BigInt(tasks);
  const m = BigInt(people);
  const all = m ** n;
  let ways = (m - 1n) ** n;
  let sum = ways;
  let k = 0n;
  while (sum * FORTY < part * all) {
    ways = (ways * (n - k)) / ((k + 1n) * (m - 1n));
    sum += ways;
    k += 1n;
  }
  return Number(k);
}

const exact = (tasks: number, people: number): { fewest: number; most: number } => ({
  fewest: exactQuantile(tasks, people, 1n),
  most: exactQuantile(tasks, people, 39n),
});

describe('the fewest and most tasks to expect', () => {
  it('are those of whole-number arithmetic, for few tasks and people', () => {
    for (let tasks = 0; tasks <= 60; tasks += 1) {
      for (let people = 2; people <= 45; people += 1) {
        const { fewest, most } = spreadOf(tasks, people);
        expect({ tasks, people, fewest, most }).toEqual({
          tasks,
          people,
          ...exact(tasks, people),
        });
      }
    }
  });

  it.each([
    [1_662, 107],
    [5_012, 107],
    [3_000, 2],
    [4_000, 3],
    [2_500, 2_000],
  ])('are those of whole-number arithmetic, for %i tasks and %i people', (tasks, people) => {
    expect(spreadOf(tasks, people)).toMatchObject(exact(tasks, people));
  });

  it('are those of the design: 1,662 tasks of 107 people', () => {
    expect(spreadOf(1_662, 107)).toMatchObject({ fewest: 8, most: 24 });
  });

  it('a level that is reached exactly is reached: one task of forty people', () => {
    expect(spreadOf(1, 40)).toMatchObject({ fewest: 0, most: 0 });
  });

  it('one person gets all of them', () => {
    expect(spreadOf(12, 1)).toEqual({ fewest: 12, most: 12, curve: [1] });
  });

  it('100,000 tasks of two people: no chance underflows, mean and width are right', () => {
    const { fewest, most } = spreadOf(100_000, 2);
    // 1.96 standard deviations of √(n p q) = 158.1 about the mean.
    expect([fewest, most]).toEqual([49_690, 50_310]);
  });

  it('the curve rises to its middle and falls', () => {
    const { curve } = spreadOf(1_662, 107);
    expect(curve).toHaveLength(7);
    const peak = curve.indexOf(1);
    expect(curve.slice(0, peak + 1)).toEqual([...curve.slice(0, peak + 1)].sort((a, b) => a - b));
    expect(curve.slice(peak)).toEqual([...curve.slice(peak)].sort((a, b) => b - a));
  });
});
