import type { Person } from '../../../operations/client/api';

/** What the person's account shows, in cents. */
export async function balanceOf(person: Person): Promise<bigint> {
  const { body } = await person.get('/accounts/me');
  return BigInt(body.balance.amount as string);
}
