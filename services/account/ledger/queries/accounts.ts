import { LessThan } from 'typeorm';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { Account } from '../entities/account.entity';
import { balancesOf, type Balance } from './balances';

/** Account of an employee, with its balance. */
export interface AccountRecord {
  account: Account;
  balance: Balance;
}

/** Returns the account of a user. Throws 404 without account. */
export async function accountOf(context: AccountContext, userId: string): Promise<AccountRecord> {
  const account = await context.database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  const [record] = await withBalances(context, [account]);
  return record!;
}

/** Returns up to `count` employees' accounts with ids below `before`, newest first. */
export async function listAccounts(
  context: AccountContext,
  { before, count }: { before: string | null; count: number },
): Promise<AccountRecord[]> {
  const accounts = await context.database.manager.find(Account, {
    where: { kind: 'employee', ...(before === null ? {} : { id: LessThan(before) }) },
    order: { id: 'DESC' },
    take: count,
  });
  return withBalances(context, accounts);
}

async function withBalances(
  context: AccountContext,
  accounts: readonly Account[],
): Promise<AccountRecord[]> {
  const ids = accounts.map(({ id }) => id);
  const balances = await balancesOf(context, ids);
  return accounts.map((account) => ({ account, balance: balances.get(account.id)! }));
}
