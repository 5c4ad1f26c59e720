import type { Job } from '../../shared/work/jobs';
import { settleDueTransfers } from '../commands/settle-bank-transfer';
import type { PaymentContext } from '../context';

const EVERY_MS = 1_000;
/** Asked side by side; the rest waits for the next run. */
const BATCH = 50;
/** Longer than a caller waits: a bank that is slow, but answers, settles in the background. */
const BANK_WAIT_MS = 10_000;

/** Goes on with every transfer whose outcome is not certain, whoever ordered it and died. */
export function settleTransfersJob(context: PaymentContext): Job {
  return {
    name: 'settle-transfers',
    everyMs: EVERY_MS,
    run: () => settleDueTransfers(context, { key: null, limit: BATCH, waitMs: BANK_WAIT_MS }),
  };
}
