import { everyStep } from '../../shared/kernel/every-step';
import type { Job } from '../../shared/work/jobs';
import { claimReturnStatement, type ReturnStatement } from '../commands/claim-return-statement';
import { readReturnPage } from '../commands/read-return-page';
import { releaseReturnStatement } from '../commands/release-return-statement';
import type { PaymentContext } from '../context';

const EVERY_MS = 5_000;
const BANK_WAIT_MS = 5_000;
/** Bounds of one run: pages of new lines, and unmatched lines that are read again. */
const MAX_PAGES = 5;
const MAX_UNMATCHED = 10;
const RUN_MS = (MAX_PAGES + MAX_UNMATCHED) * BANK_WAIT_MS;

/** Reads the statements of returns of every rail that has one: one process at a time. */
export function readReturnsJob(context: PaymentContext): Job {
  return {
    name: 'read-returns',
    everyMs: EVERY_MS,
    run: () => everyStep(context.rails.reporting().map((rail) => () => read(context, rail))),
  };
}

async function read(context: PaymentContext, rail: string): Promise<void> {
  const claim = { waitMs: RUN_MS, limit: MAX_UNMATCHED };
  const statement = await claimReturnStatement(context, rail, claim);
  if (!statement) return;
  await releaseReturnStatement(context, rail, await readAll(context, statement));
}

/** Returns the fault of a nonsensical answer, which ends the run, or null. */
async function readAll(
  context: PaymentContext,
  { rail, readUpTo, unmatched }: ReturnStatement,
): Promise<string | null> {
  let after = readUpTo;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = await readReturnPage(context, { rail, after, waitMs: BANK_WAIT_MS });
    if (read.kind === 'unclear') return read.isNonsense ? read.why : null;
    if (read.last === null) break;
    after = read.last;
  }
  for (const { position, tries } of unmatched) {
    const only = { position, tries };
    const again = { rail, after: position - 1n, only, waitMs: BANK_WAIT_MS };
    const read = await readReturnPage(context, again);
    if (read.kind === 'unclear') return read.isNonsense ? read.why : null;
  }
  return null;
}
