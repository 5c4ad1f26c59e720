import {
  BANK_TRANSFER_UNKNOWN,
  getBankTransfer,
  putBankTransfer,
  withdrawBankTransfer,
  type BankTransferState,
} from '../../../shared/contracts/calls/payment';
import { ContractBroken, call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import { Problem } from '../../../shared/kernel/errors';
import type { Money } from '../../../shared/kernel/money';

/** What Payment says of a bank transfer, or what its silence amounts to. */
export type PaymentAnswer =
  | { verdict: 'succeeded'; bankReference: string }
  | { verdict: 'refused'; bankReference: string | null; reason: string }
  /** Payment never heard of the key. */
  | { verdict: 'never-arrived' }
  /** Payment never heard of the order, and would not follow it any more. */
  | { verdict: 'withdrawn' }
  /** Under way: it may still end either way. */
  | { verdict: 'unclear'; reason: string }
  /** No answer that could be used: it may still end either way. */
  | { verdict: 'unanswered'; reason: string }
  /** An answer that asking again would not mend. */
  | { verdict: 'nonsense'; reason: string };

/** The request itself is refused: it is not what was agreed, or the key is another's. */
const SENSELESS = [400, 409, 422];

/** Money to be moved to a bank account. */
type Order = Money & { bankAccount: string };

/** Asks Payment to transfer money; the same key again never transfers it twice. */
export async function putTransfer(
  sidecar: Sidecar,
  key: string,
  order: Order,
): Promise<PaymentAnswer> {
  try {
    return answerOf(await call(sidecar, putBankTransfer, { params: { key }, body: order }));
  } catch (error) {
    // Unreadable or not: what became of it is asked next.
    return { verdict: isSenseless(error) ? 'nonsense' : 'unanswered', reason: reasonOf(error) };
  }
}

/**
 * Takes an order back, unless it has arrived at Payment: only then can anybody be sure that it does
 * not arrive later.
 */
export async function withdrawTransfer(
  sidecar: Sidecar,
  key: string,
  order: Order,
): Promise<PaymentAnswer> {
  try {
    return answerOf(await call(sidecar, withdrawBankTransfer, { params: { key }, body: order }));
  } catch (error) {
    return answerOfError(error);
  }
}

/** Asks Payment what became of a key. */
export async function askTransfer(sidecar: Sidecar, key: string): Promise<PaymentAnswer> {
  try {
    return answerOf(await call(sidecar, getBankTransfer, { params: { key }, body: {} }));
  } catch (error) {
    if (error instanceof Problem && error.id === BANK_TRANSFER_UNKNOWN) {
      return { verdict: 'never-arrived' };
    }
    return answerOfError(error);
  }
}

/** What an answer to the question itself amounts to: an unreadable one is for a person. */
function answerOfError(error: unknown): PaymentAnswer {
  const isUnreadable = error instanceof Problem && error.cause instanceof ContractBroken;
  const verdict = isUnreadable || isSenseless(error) ? 'nonsense' : 'unanswered';
  return { verdict, reason: reasonOf(error) };
}

function answerOf(state: BankTransferState): PaymentAnswer {
  const { outcome, bankReference, reason } = state;
  if (outcome === 'succeeded') return { verdict: outcome, bankReference };
  if (outcome === 'refused') return { verdict: outcome, bankReference, reason };
  if (outcome === 'withdrawn') return { verdict: outcome };
  return { verdict: 'unclear', reason: 'The bank transfer is in progress' };
}

function isSenseless(error: unknown): boolean {
  return error instanceof Problem && SENSELESS.includes(error.status);
}

/** What went wrong, for people. Throws the error itself when it is our own fault. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  throw error;
}
