import type { Job } from '../../shared/work/jobs';
import { workOff } from '../../shared/work/work-off';
import { claimBankTransfers } from '../commands/claim-bank-transfers';
import { settleBankTransfer } from '../commands/settle-bank-transfer';
import type { PaymentContext } from '../context';
import type { BankTransfer } from '../queries/bank-transfer';

const EVERY_MS = 1_000;
/** Asked side by side, as their leases are for one call; the rest waits for the next run. */
const BATCH = 50;
/** Longer than a caller waits: a bank that is slow, but answers, settles in the background. */
const BANK_WAIT_MS = 10_000;

/**
 * Goes on with every transfer whose outcome is not certain, whoever ordered it and died: each is
 * settled, or unclear until it is asked about again.
 */
export function settleTransfersJob(context: PaymentContext): Job {
  return {
    name: 'settle-transfers',
    everyMs: EVERY_MS,
    run: () =>
      workOff<BankTransfer, BankTransfer>({
        inFlight: BATCH,
        maxBatches: 1,
        claim: () => claimBankTransfers(context, { key: null, limit: BATCH, waitMs: BANK_WAIT_MS }),
        call: (transfer) => settleBankTransfer(context, transfer, BANK_WAIT_MS),
      }),
  };
}
