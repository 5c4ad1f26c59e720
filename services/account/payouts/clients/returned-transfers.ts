import { getReturnedTransfers } from '../../../shared/contracts/calls/payment';
import { ContractBroken, call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import { Problem } from '../../../shared/kernel/errors';

/** Transfer whose money the bank sent back, as Payment reports it. */
export interface ReportedReturn {
  /** Position in Payment's list. */
  position: bigint;
  /** Key of the transfer at Payment: the attempt's. */
  key: string;
  amountCents: bigint;
  currency: string;
  /** Words of the bank. */
  reason: string;
  returnedAt: Date;
}

/**
 * Asks Payment for transfers that the bank sent back, after a position of its list: at most a page,
 * or null while Payment is away. Throws 503 when the answer breaks the contract.
 */
export async function askReturned(
  sidecar: Sidecar,
  after: bigint,
): Promise<ReportedReturn[] | null> {
  const params = { after: after.toString() };
  try {
    const { items } = await call(sidecar, getReturnedTransfers, { params, body: {} });
    return items.map(({ position, key, amount, currency, reason, returnedAt }) => ({
      position: BigInt(position),
      key,
      amountCents: BigInt(amount),
      currency,
      reason,
      returnedAt: new Date(returnedAt),
    }));
  } catch (error) {
    if (isAway(error)) return null;
    throw error;
  }
}

function isAway(error: unknown): boolean {
  const isUnavailable = error instanceof Problem && error.id === 'unavailable';
  return isUnavailable && !(error.cause instanceof ContractBroken);
}
