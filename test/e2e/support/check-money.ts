import { checkMoney } from '../../../scripts/money/check';
import type { Stack } from '../../../scripts/stack/stack';

/** Waits until nothing is under way, then fails on the first invariant that does not hold. */
export async function expectMoneyInOrder(stack: Stack): Promise<void> {
  const { unsettled, results } = await checkMoney((name) => stack.databases.administratorUrl(name));
  expect(unsettled).toEqual([]);
  expect(results.filter(({ broken }) => broken.length > 0)).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
}
