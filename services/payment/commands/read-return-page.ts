import type { Outcome } from '../clients/rail';
import type { PaymentContext } from '../context';
import { recordReturns } from './record-returns';

/** Page of a statement of returns to read. */
export interface ReturnPage {
  rail: string;
  after: bigint;
  /** Records this line alone, which did not fit before. */
  only?: { position: bigint; tries: number };
  /** Timeout of the call, in milliseconds. */
  waitMs: number;
}

/** Result: the last position of the page, null for an empty one; or why it could not be read. */
export type ReadPage = { kind: 'read'; last: bigint | null } | Extract<Outcome, { why: string }>;

/** Asks the bank for a page of its statement of returns, and records it. */
export async function readReturnPage(
  context: PaymentContext,
  { rail, after, only, waitMs }: ReturnPage,
): Promise<ReadPage> {
  const answer = await context.rails.named(rail).returns!(after, AbortSignal.timeout(waitMs));
  if (answer.kind === 'unclear') {
    const facts = { rail, after: String(after), why: answer.why };
    if (answer.isNonsense) context.logger.error(facts, 'the statement of returns is nonsense');
    else context.logger.warn(facts, 'the statement of returns could not be read');
    return answer;
  }
  const lines = only
    ? answer.lines.filter(({ position }) => position === only.position)
    : answer.lines;
  await recordReturns(context, rail, lines, only?.tries);
  return { kind: 'read', last: answer.lines.at(-1)?.position ?? null };
}
