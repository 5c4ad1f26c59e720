import { recordAudit, type AuditEntry } from '../../../shared/db/audit-log';
import type { Tx } from '../../../shared/db/data-source';
import { maskBankAccount } from '../../../shared/kernel/bank-account';
import { requireVersion, type BasedOn } from '../../../shared/kernel/based-on';
import { notFound } from '../../../shared/kernel/errors';
import { oweLetter } from '../../../shared/work/letters/due-letters';
import type { AccountContext } from '../../context';
import { Account } from '../entities/account.entity';
import { publishAccount } from './publish-account';
import { wakePayouts } from './wake-payouts';

/** Change of an account: a missing field stays, null clears. */
export interface AccountChange {
  bankAccount?: string | null;
  /** Full name of the holder of the bank account. */
  fullName?: string | null;
  payoutsHeld?: { reason: string } | null;
}

/** The account of `userId`, the person who changes it, and the versions they may have seen. */
export interface ChangeBy {
  userId: string;
  actorId: string;
  basedOn: BasedOn;
}

/**
 * Changes an account, with its audit rows, letter and hints; a released account wakes the worker.
 * Nothing changes and no version is used up when the account has these values already. Throws 404,
 * 412 when the account has another version.
 */
export async function applyAccountChange(
  tx: Tx,
  { now: clock }: AccountContext,
  by: ChangeBy,
  change: AccountChange,
): Promise<void> {
  const account = await tx.findOne(Account, {
    where: { userId: by.userId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!account) throw notFound('Account');
  requireVersion(by.basedOn, account.version);
  const now = await clock(tx);
  const numberBefore = account.bankAccount;
  const audited = [
    ...changeBankAccount(account, change.bankAccount),
    ...changeHolder(account, change.fullName),
    ...changeHold(account, change.payoutsHeld, by.actorId, now),
  ];
  if (audited.length === 0) return;
  account.version += 1;
  await tx.save(account);
  if (audited.some(({ action }) => action === RELEASED)) await wakePayouts(tx);
  const isHoldChanged = audited.some(({ action }) => HOLD_CHANGES.includes(action));
  await publishAccount(tx, by.userId, now, { isHoldChanged });
  if (account.bankAccount !== numberBefore) await oweNews(tx, by.userId, account, now);
  for (const change of audited) {
    await recordAudit(tx, { actorId: by.actorId, subject: account.id, ...change });
  }
}

/** A cleared number causes no letter: the payee is informed when a payout is refused. */
async function oweNews(tx: Tx, userId: string, account: Account, now: Date): Promise<void> {
  if (account.bankAccount === null) return;
  const bankAccount = maskBankAccount(account.bankAccount);
  const content = { template: 'bank-account-changed', bankAccount } as const;
  await oweLetter(tx, { userId, recipient: null, content }, now);
}

type Change = Pick<AuditEntry, 'action' | 'before' | 'after' | 'reason'>;

function changeBankAccount(account: Account, to: string | null | undefined): Change[] {
  const from = account.bankAccount;
  if (to === undefined || to === from) return [];
  account.bankAccount = to;
  const change = { before: from && maskBankAccount(from), after: to && maskBankAccount(to) };
  return [{ action: 'account.bank-account-changed', ...change }];
}

function changeHolder(account: Account, to: string | null | undefined): Change[] {
  const from = account.bankAccountHolder;
  if (to === undefined || to === from) return [];
  account.bankAccountHolder = to;
  return [{ action: 'account.bank-account-holder-changed', before: from, after: to }];
}

const HELD = 'account.payouts-held';
const RELEASED = 'account.payouts-released';
const HOLD_CHANGES = [HELD, RELEASED];

function changeHold(
  account: Account,
  hold: { reason: string } | null | undefined,
  actorId: string,
  now: Date,
): Change[] {
  const reason = hold?.reason ?? null;
  if (hold === undefined || reason === account.payoutsHeldReason) return [];
  account.payoutsHeldReason = reason;
  account.payoutsHeldBy = reason === null ? null : actorId;
  account.payoutsHeldAt = reason === null ? null : now;
  if (reason === null) account.payoutsReleasedAt = now;
  const action = reason === null ? RELEASED : HELD;
  return [{ action, reason }];
}
