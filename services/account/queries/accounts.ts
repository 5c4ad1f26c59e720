import { LessThan } from 'typeorm';
import { maskBankAccount } from '../../shared/kernel/bank-account';
import { notFound } from '../../shared/kernel/errors';
import { toMoney, type Money } from '../../shared/kernel/money';
import { Account } from '../entities/account.entity';
import { balancesOf, type Balance } from './balances';
import type { Books } from './books';

/** An employee's account as people see it. */
export interface AccountView {
  userId: string;
  balance: Money;
  today: Money;
  forecast: Money;
  bankAccount: string | null;
  payoutsHeld: { reason: string; by: string; at: string } | null;
  version: number;
}

/** Who looks: not everybody may read bank account numbers. */
export interface Viewer {
  maySeeNumbers: boolean;
}

/** The account of that user. Throws 404 when there is none. */
export async function accountOf(
  books: Books,
  userId: string,
  viewer: Viewer,
): Promise<AccountView> {
  const account = await books.database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  const [view] = await present(books, [account], viewer);
  return view!;
}

/** An account and its place in the list. */
export interface ListedAccount {
  id: string;
  view: AccountView;
}

/** Up to `count` employees' accounts, newest first, from the one below id `before` on. */
export async function listAccounts(
  books: Books,
  { before, count }: { before: string | null; count: number },
  viewer: Viewer,
): Promise<ListedAccount[]> {
  const accounts = await books.database.manager.find(Account, {
    where: { kind: 'employee', ...(before === null ? {} : { id: LessThan(before) }) },
    order: { id: 'DESC' },
    take: count,
  });
  const views = await present(books, accounts, viewer);
  return accounts.map(({ id }, index) => ({ id, view: views[index]! }));
}

async function present(
  books: Books,
  accounts: readonly Account[],
  viewer: Viewer,
): Promise<AccountView[]> {
  const ids = accounts.map(({ id }) => id);
  const balances = await balancesOf(books, ids);
  return accounts.map((account) =>
    viewOf(account, balances.get(account.id)!, books.currency, viewer),
  );
}

function viewOf(
  account: Account,
  balance: Balance,
  currency: string,
  { maySeeNumbers }: Viewer,
): AccountView {
  const { bankAccount, payoutsHeldReason: reason, payoutsHeldBy, payoutsHeldAt } = account;
  return {
    userId: account.userId!,
    balance: toMoney(balance.balanceCents, currency),
    today: toMoney(balance.todayCents, currency),
    forecast: toMoney(balance.forecastCents, currency),
    bankAccount: maySeeNumbers ? bankAccount : bankAccount && maskBankAccount(bankAccount),
    payoutsHeld:
      reason === null ? null : { reason, by: payoutsHeldBy!, at: payoutsHeldAt!.toISOString() },
    version: account.version,
  };
}
