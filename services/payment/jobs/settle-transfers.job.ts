import type { Job } from '../../shared/work/jobs';
import { workOff } from '../../shared/work/work-off';
import { claimBankTransfers } from '../commands/claim-bank-transfers';
import { settleBankTransfer } from '../commands/settle-bank-transfer';
import type { PaymentContext } from '../context';
import type { BankTransfer } from '../queries/bank-transfer';

const EVERY_MS = 1_000;
/** Transfers settled in parallel, as each lease covers one call; the rest wait for the next run. */
const BATCH = 50;
/** Longer than a caller waits: slow answers of the bank settle transfers in the background. */
const BANK_WAIT_MS = 10_000;

/**
 * Settles every transfer with an uncertain outcome, also after its process died. A transfer that
 * stays unclear is asked about again after a delay.
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
