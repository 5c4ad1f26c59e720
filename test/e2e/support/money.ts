import type { Person } from '../../../operations/client/api';
import { checkMoney } from '../../../operations/money/check';
import type { Stack } from '../../../tools/stack/stack';

/** Longer than a lease of 60 s, which may have to expire after a crash. */
const REST_MS = 120_000;

/** Waits until nothing is under way, then expects every invariant of the money to hold. */
export async function expectMoneyInOrder(stack: Stack): Promise<void> {
  const { unsettled, results } = await checkMoney(
    (name) => stack.databases.administratorUrl(name),
    REST_MS,
  );
  expect(unsettled).toEqual([]);
  expect(results.filter(({ broken }) => broken.length > 0)).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
}

/** The person's balance in cents. */
export async function balanceOf(person: Person): Promise<bigint> {
  const { body } = await person.get('/accounts/me');
  return BigInt(body.balance.amount as string);
}
