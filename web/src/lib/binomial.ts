const FEWEST = 0.025;
const MOST = 0.975;
/** Places of the drawn curve, from the fewest to the most. */
const PLACES = 7;

/** What somebody is to expect of a draw. */
export interface Spread {
  fewest: number;
  most: number;
  /** Chances of numbers from the fewest to the most, each as a part of the largest. */
  curve: readonly number[];
}

/**
 * Returns how many tasks a person gets at the fewest and at the most when each of `tasks` falls on
 * one of `people` at random: the 2.5 % and the 97.5 % quantile of the binomial distribution with
 * n = tasks and p = 1 / people. At least 19 of 20 people are to expect a number from one to the
 * other.
 *
 *   P(X = k) = C(n, k) · p^k · (1 − p)^(n − k)
 *   quantile(q) = smallest k with P(X ≤ k) ≥ q
 *
 * Exact, not by the normal curve, which is wrong for few tasks each. P(X = 0) is less than the
 * smallest number for some thousand tasks, so the logarithms are added up:
 *
 *   ln P(X = 0) = n · ln(1 − p)
 *   ln P(X = k + 1) = ln P(X = k) + ln((n − k) / (k + 1)) + ln(p / (1 − p))
 *
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.18 (binomial distribution) and
 * 1.3.6.2 (percent point function); the steps follow from the first line.
 */
export function spreadOf(tasks: number, people: number): Spread {
  if (people === 1) return { fewest: tasks, most: tasks, curve: [1] };
  const chances: number[] = [];
  const odds = -Math.log(people - 1);
  let log = tasks * Math.log1p(-1 / people);
  let reached = 0;
  let fewest: number | null = null;
  for (let k = 0; k <= tasks; k += 1) {
    chances.push(Math.exp(log));
    reached += chances[k]!;
    if (reached >= FEWEST) fewest ??= k;
    if (reached >= MOST) break;
    log += Math.log((tasks - k) / (k + 1)) + odds;
  }
  const first = fewest ?? 0;
  const most = chances.length - 1;
  return { fewest: first, most, curve: curveOf(chances.slice(first)) };
}

/** Returns some of the chances, evenly apart, as parts of the largest. */
function curveOf(chances: readonly number[]): number[] {
  const places = Math.min(PLACES, chances.length);
  const last = chances.length - 1;
  const chosen = Array.from({ length: places }, (_, place) =>
    places === 1 ? chances[0]! : chances[Math.round((place * last) / (places - 1))]!,
  );
  const largest = Math.max(...chosen);
  return chosen.map((chance) => chance / largest);
}
