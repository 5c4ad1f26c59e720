import { In } from 'typeorm';
import { query } from '../../../shared/db/data-source';
import { notFound } from '../../../shared/kernel/errors';
import { invariant } from '../../../shared/kernel/invariant';
import type { AccountContext } from '../../context';
import { openDay, type OpenDay } from '../../days/queries/open-day';
import { MANAGEMENT_ACCOUNT_ID } from '../domain/system-accounts';
import { Account } from '../entities/account.entity';
import { balanceParams, balancesFor, balancesOf, type Balance } from './balances';

/** Account with its balance. */
export interface AccountRecord {
  account: Account;
  balance: Balance;
  /** Null for the company, and until User has told the name. */
  nickname: string | null;
  openDay: OpenDay;
}

/** Filter of a list of accounts. */
export interface AccountsFilter {
  /** Part of the nickname; ignores case. */
  q?: string | undefined;
  filter?: 'below-zero' | 'held' | undefined;
}

/** Returns the id of a user's account. Throws 404 without account. */
export async function accountIdOf({ database }: AccountContext, userId: string): Promise<string> {
  const account = await database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  return account.id;
}

/** Returns the account of a user. Throws 404 without account. */
export async function accountOf(context: AccountContext, userId: string): Promise<AccountRecord> {
  const account = await context.database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  const [record] = await withBalances(context, [account]);
  return record!;
}

/** Returns the account of the management. */
export async function companyAccount(context: AccountContext): Promise<AccountRecord> {
  const id = MANAGEMENT_ACCOUNT_ID;
  const account = await context.database.manager.findOneBy(Account, { id });
  invariant(account, 'the first migration opens the account of the management');
  const [record] = await withBalances(context, [account]);
  return record!;
}

/** Upper case by ICU, whatever the locale of the database. */
const searched = (text: string): string =>
  `upper(normalize(${text}::text, NFKC) COLLATE "und-x-icu")`;

/** SQL condition of `q`, for a query that joins `nicknames`. */
export const hasNickname = (q: string): string =>
  `(${q}::text IS NULL OR strpos(${searched('nickname')}, ${searched(q)}) > 0)`;

const BELOW_ZERO = `
AND accounts.id IN (
  WITH ${balancesFor({
    isAsked: () => 'true',
    today: '$4',
    lastClosedDay: '$5',
    released: '$6::text[]',
  })}
  SELECT account_id FROM balances WHERE balance_cents < 0
)`;
const HELD = 'AND payouts_held_reason IS NOT NULL';

const find = (condition: string): string => `
SELECT accounts.id FROM accounts LEFT JOIN nicknames USING (user_id)
WHERE kind = 'employee' AND ($1::uuid IS NULL OR accounts.id < $1) AND ${hasNickname('$2')}
  ${condition}
ORDER BY accounts.id DESC LIMIT $3`;

/** Returns up to `count` employees' accounts with ids below `before`, newest first. */
export async function listAccounts(
  context: AccountContext,
  { q, filter }: AccountsFilter,
  { before, count }: { before: string | null; count: number },
): Promise<AccountRecord[]> {
  const { database } = context;
  const isBelowZero = filter === 'below-zero';
  const condition = isBelowZero ? BELOW_ZERO : filter === 'held' ? HELD : '';
  const figures = isBelowZero ? (await balanceParams(context, null)).slice(1) : [];
  const params = [before, q ?? null, count, ...figures];
  const found = await query<{ id: string }>(database, find(condition), params);
  const accounts = await database.manager.find(Account, {
    where: { id: In(found.map(({ id }) => id)) },
    order: { id: 'DESC' },
  });
  return withBalances(context, accounts);
}

const NICKNAMES = `
SELECT user_id, nickname FROM nicknames WHERE user_id = ANY ($1::uuid[])`;

async function withBalances(
  context: AccountContext,
  accounts: readonly Account[],
): Promise<AccountRecord[]> {
  const ids = accounts.map(({ id }) => id);
  const balances = await balancesOf(context, ids);
  const userIds = accounts.flatMap(({ userId }) => userId ?? []);
  const named = await query<{ user_id: string; nickname: string }>(context.database, NICKNAMES, [
    userIds,
  ]);
  const nicknames = new Map(named.map((row) => [row.user_id, row.nickname]));
  const open = await openDay(context);
  return accounts.map((account) => ({
    account,
    balance: balances.get(account.id)!,
    nickname: (account.userId !== null && nicknames.get(account.userId)) || null,
    openDay: open,
  }));
}
