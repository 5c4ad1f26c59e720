import {
  BANK_TRANSFER_UNKNOWN,
  getBankTransfer,
  putBankTransfer,
  withdrawBankTransfer,
  type BankTransferState,
} from '../../../shared/contracts/calls/payment';
import { ContractBroken, call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import type { Day } from '../../../shared/kernel/business-day';
import { Problem } from '../../../shared/kernel/errors';
import type { Money } from '../../../shared/kernel/money';

/** Payment's answer about a bank transfer, or the kind of a missing answer. */
export type PaymentAnswer =
  | { verdict: 'succeeded'; bankReference: string }
  | { verdict: 'refused'; bankReference: string | null; reason: string }
  /** Payment does not know the key. */
  | { verdict: 'never-arrived' }
  /** Payment did not know the order, and will refuse it from now on. */
  | { verdict: 'withdrawn' }
  /** In progress: an operator will tell how it ended, maybe in days. */
  | { verdict: 'waiting'; reason: string }
  /** In progress: it may still end either way. */
  | { verdict: 'unclear'; reason: string }
  /** No usable answer: it may still end either way. */
  | { verdict: 'unanswered'; reason: string }
  /** A contradiction that a retry would not mend. */
  | { verdict: 'nonsense'; reason: string };

/** Statuses of a refused request: it breaks the contract, or another order has the key. */
const SENSELESS = [400, 409, 422];

/** Amount of money to transfer, and the bank account that receives the amount. */
type Order = Money & { bankAccount: string };

/** What some rails need besides; a repeat of the order may lack it. */
interface Description {
  businessDay: Day;
  creditorName?: string;
}

const BAD_REQUEST = 400;

/**
 * Orders a transfer at Payment; a repeat of the key never transfers twice. A Payment of the version
 * before, during an update, refuses a description: it gets the order without.
 */
export async function putTransfer(
  sidecar: Sidecar,
  key: string,
  order: Order,
  description: Partial<Description> = {},
): Promise<PaymentAnswer> {
  const put = (body: Order & Partial<Description>): Promise<BankTransferState> =>
    call(sidecar, putBankTransfer, { params: { key }, body });
  try {
    return answerOf(
      await put({ ...order, ...description }).catch((error: unknown) => {
        if (error instanceof Problem && error.status === BAD_REQUEST) return put(order);
        throw error;
      }),
    );
  } catch (error) {
    // An unreadable answer counts as none: the next question to Payment finds the outcome.
    return { verdict: isSenseless(error) ? 'nonsense' : 'unanswered', reason: reasonOf(error) };
  }
}

/**
 * Withdraws an order, unless Payment has it already: after a withdrawal, the order can't arrive
 * late.
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

/** Asks Payment for the state of a key. */
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

/** Returns the verdict on a failed question or withdrawal: an unreadable answer needs review. */
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
  if (state.waitingFor === 'operator')
    return { verdict: 'waiting', reason: 'The payment file waits for its operator' };
  return { verdict: 'unclear', reason: 'The bank transfer is in progress' };
}

function isSenseless(error: unknown): boolean {
  return error instanceof Problem && SENSELESS.includes(error.status);
}

/** Returns the message of a `Problem`, for people. Throws any other error again: it is a bug. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  throw error;
}
