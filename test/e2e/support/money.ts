import type { Person } from '../../../operations/client/api';
import { checkMoney } from '../../../operations/money/check';
import type { Stack } from '../../../tools/stack/stack';

/** After a crash a lease of 60 s may have to run out first. */
const REST_MS = 120_000;

/** Waits until nothing is under way, then fails on the first invariant that does not hold. */
export async function expectMoneyInOrder(stack: Stack): Promise<void> {
  const { unsettled, results } = await checkMoney(
    (name) => stack.databases.administratorUrl(name),
    REST_MS,
  );
  expect(unsettled).toEqual([]);
  expect(results.filter(({ broken }) => broken.length > 0)).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
}

/** What the person's account shows, in cents. */
export async function balanceOf(person: Person): Promise<bigint> {
  const { body } = await person.get('/accounts/me');
  return BigInt(body.balance.amount as string);
}
