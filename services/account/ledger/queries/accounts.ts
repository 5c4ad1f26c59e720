import { LessThan } from 'typeorm';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { Account } from '../entities/account.entity';
import { balancesOf, type Balance } from './balances';

/** An employee's account and what it holds. */
export interface AccountRecord {
  account: Account;
  balance: Balance;
}

/** The account of that user. Throws 404 when there is none. */
export async function accountOf(context: AccountContext, userId: string): Promise<AccountRecord> {
  const account = await context.database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  const [record] = await withBalances(context, [account]);
  return record!;
}

/** Up to `count` employees' accounts, newest first, from the one below id `before` on. */
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
