import type { Day } from '../../../shared/kernel/business-day';
import { conflict, forbidden } from '../../../shared/kernel/errors';

/** Kinds of transfers that a reversal may correct. */
export type Reversible = 'fee' | 'reward' | 'reversal';

/** Transfer that an accountant wants to reverse. */
export interface ReversedTransfer {
  id: string;
  kind: Reversible | 'payout' | 'return';
  businessDay: Day;
  /** The employee's account and its holder; both null for payouts of the management. */
  accountId: string | null;
  userId: string | null;
  /** From the employee's side: negative when the employee was debited. */
  amountCents: bigint;
  taskId: string | null;
  /** Id of the reversal, when the transfer is reversed already. */
  reversedById: string | null;
}

/** Transfer that may be reversed. */
export type Correctable = ReversedTransfer & {
  kind: Reversible;
  accountId: string;
  userId: string;
};

/**
 * Returns the transfer when the actor may reverse it. Throws 403 `own-account`, 409
 * `not-reversible` for payouts and returns, which the bank alone undoes, 409 `already-reversed`.
 */
export function demandReversible(transfer: ReversedTransfer, actorId: string): Correctable {
  const { kind, accountId, userId, reversedById } = transfer;
  if (userId === actorId) {
    throw forbidden('Somebody else has to correct your account', 'own-account');
  }
  if (kind === 'payout' || kind === 'return' || accountId === null || userId === null) {
    const detail = 'Only a fee, a reward or a reversal is reversed; this is what the bank moved';
    throw conflict('not-reversible', 'This entry cannot be reversed', detail);
  }
  if (reversedById !== null) {
    const detail = `It was reversed by the entry ${reversedById}`;
    throw conflict('already-reversed', 'The entry is reversed already', detail);
  }
  return { ...transfer, kind, accountId, userId };
}
