import { query } from '../../shared/db/data-source';
import { isUniqueViolation } from '../../shared/db/errors';
import { maskBankAccount } from '../../shared/kernel/bank-account';
import type { Logger } from '../../shared/observability/logger';
import { nonsense, type Order, type Outcome, type Rail } from '../clients/rail';
import type { PaymentContext } from '../context';
import { nextAskInMs, referenceOf } from '../domain/attempt';
import { BANK_TRANSFER_COLUMNS, bankTransferOf, type BankTransfer } from '../queries/bank-transfer';

/** SQL text with its parameters. */
interface Statement {
  sql: string;
  params: unknown[];
}

/**
 * Compare and set on the state alone: an execution is certain, even after the lease has expired.
 */
const RECORD_EXECUTED = `
UPDATE bank_transfers SET state = 'succeeded', bank_reference = $2, settled_at = $3
WHERE key = $1 AND state = 'in_progress'
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/**
 * Compare and set on state and attempt: a newer attempt may know more than one whose lease expired.
 */
const RECORD_REJECTED = `
UPDATE bank_transfers SET state = 'refused', bank_reference = $3, reason = $4, settled_at = $5
WHERE key = $1 AND attempts = $2 AND state = 'in_progress'
RETURNING ${BANK_TRANSFER_COLUMNS}`;

const RECORD_UNCLEAR = `
UPDATE bank_transfers SET fault = $3, next_ask_at = $4, flagged_at = coalesce(flagged_at, $5)
WHERE key = $1 AND attempts = $2 AND state = 'in_progress'
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/** No process claims the transfer from now on: an operator tells its outcome. */
const RECORD_WAITING = `
UPDATE bank_transfers SET waiting_for = $3, next_ask_at = 'infinity', fault = NULL
WHERE key = $1 AND attempts = $2 AND state = 'in_progress'
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/**
 * Asks or orders a claimed transfer at the bank, for at most `waitMs` milliseconds, and returns the
 * recorded row. No transaction is open during the call.
 */
export async function settleBankTransfer(
  context: PaymentContext,
  transfer: BankTransfer,
  waitMs: number,
): Promise<BankTransfer> {
  const outcome = await outcomeOf(
    context.rails.named(transfer.rail),
    transfer,
    AbortSignal.timeout(waitMs),
  );
  try {
    return await record(context, transfer, outcome);
  } catch (error) {
    if (!isUniqueViolation(error, 'bank_transfers_bank_reference_key')) throw error;
    return record(context, transfer, nonsense('a bank reference that another transfer has'));
  }
}

/**
 * The first attempt sends at once: the bank cannot know the reference. Later attempts ask first.
 */
async function outcomeOf(
  rail: Rail,
  transfer: BankTransfer,
  signal: AbortSignal,
): Promise<Outcome> {
  const { key, amountCents, currency, bankAccount, businessDay, creditorName } = transfer;
  const content = { amountCents, currency, bankAccount, businessDay, creditorName };
  const order: Order = { reference: referenceOf(key), ...content };
  if (transfer.attempts === 1) return rail.send(order, signal);
  const known = await rail.ask(order, signal);
  return known.kind === 'never-arrived' ? rail.send(order, signal) : known;
}

/**
 * Records the outcome. Returns the existing row when a settled state or newer attempt is recorded.
 */
async function record(
  context: PaymentContext,
  transfer: BankTransfer,
  outcome: Outcome,
): Promise<BankTransfer> {
  note(context.logger, transfer, outcome);
  const { database } = context;
  const { sql, params } = recording(transfer, outcome, await context.now(database));
  const [recorded] = await query<BankTransfer>(database, sql, params);
  if (recorded) return recorded;
  const kept = await bankTransferOf(database, transfer.key);
  if (contradicts(outcome, kept)) {
    context.countContradiction();
    const facts = { key: kept.key, recorded: kept.state, ...outcome };
    context.logger.error(facts, 'the bank contradicts what it said for certain');
  }
  return kept;
}

/** The outcome recorded first stays: a person must find out what the bank really did. */
function contradicts({ kind }: Outcome, { state }: BankTransfer): boolean {
  if (kind === 'executed') return state === 'refused' || state === 'withdrawn';
  return kind === 'rejected' && state === 'succeeded';
}

function recording({ key, attempts }: BankTransfer, outcome: Outcome, now: Date): Statement {
  switch (outcome.kind) {
    case 'executed':
      return { sql: RECORD_EXECUTED, params: [key, outcome.bankReference, now] };
    case 'rejected': {
      const { bankReference, reason } = outcome;
      return { sql: RECORD_REJECTED, params: [key, attempts, bankReference, reason, now] };
    }
    case 'waiting':
      return { sql: RECORD_WAITING, params: [key, attempts, outcome.for] };
    case 'unclear': {
      const nextAskAt = new Date(now.getTime() + nextAskInMs(attempts));
      const flaggedAt = outcome.isNonsense ? now : null;
      return { sql: RECORD_UNCLEAR, params: [key, attempts, outcome.why, nextAskAt, flaggedAt] };
    }
  }
}

function note(logger: Logger, transfer: BankTransfer, outcome: Outcome): void {
  const { key, attempts } = transfer;
  const facts = { key, attempts, to: maskBankAccount(transfer.bankAccount), ...outcome };
  if (outcome.kind === 'waiting') logger.info(facts, 'bank transfer waits for an operator');
  else if (outcome.kind !== 'unclear') logger.info(facts, 'bank transfer settled');
  else if (outcome.isNonsense) logger.error(facts, 'the bank answered nonsense');
  else logger.warn(facts, 'bank transfer unclear');
}
