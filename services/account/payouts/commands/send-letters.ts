import type { LetterContent } from '../../../shared/contracts/calls/notify';
import { query } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { Day } from '../../../shared/kernel/business-day';
import { asLongAgain } from '../../../shared/kernel/delays';
import { everyStep } from '../../../shared/kernel/every-step';
import { toMoney } from '../../../shared/kernel/money';
import { crashPoint } from '../../../shared/runtime/crash-point';
import { BatchSink, BatchSource, inFlight } from '../../../shared/work/in-flight';
import { fateOfLetter } from '../../../shared/work/letters/letter-fate';
import { sendLetter } from '../clients/letters';
import type { PayoutContext } from '../context';
import { BATCH, claimSize, leaseFrom } from '../domain/lease';
import { letterKey } from '../domain/payout';

interface DueLetter {
  payout_id: string;
  attempt_number: number;
  template: 'payout-paid' | 'payout-refused';
  due_at: Date;
  user_id: string;
  day: Day;
  amount_cents: bigint;
  reason: string | null;
}

const CLAIM = `
WITH due AS MATERIALIZED (
  SELECT payout_id, attempt_number FROM payout_letters
  WHERE state = 'due' AND lease_until <= $1
  ORDER BY lease_until LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE payout_letters AS letter SET lease_until = $2
FROM due
JOIN payouts ON payouts.id = due.payout_id
JOIN accounts ON accounts.id = payouts.account_id
JOIN payout_attempts AS attempt
  ON attempt.payout_id = due.payout_id AND attempt.number = due.attempt_number
WHERE letter.payout_id = due.payout_id AND letter.attempt_number = due.attempt_number
RETURNING letter.payout_id, letter.attempt_number, letter.template, letter.due_at,
  accounts.user_id, payouts.day, payouts.amount_cents, attempt.reason`;

interface TriedLetter {
  letter: DueLetter;
  state: 'due' | 'sent' | 'failed';
}

const MARK = `
UPDATE payout_letters AS letter
SET state = tried.state, lease_until = tried.lease_until,
  sent_at = CASE tried.state WHEN 'sent' THEN $5::timestamptz END
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[])
  AS tried (payout_id, attempt_number, state, lease_until)
WHERE letter.payout_id = tried.payout_id AND letter.attempt_number = tried.attempt_number
  AND letter.state = 'due'`;

/**
 * Sends the letters that are due. One that can't be sent now is tried again with a growing
 * delay, for a day; one whose address is wrong for certain is given up at once. No letter holds
 * any money up.
 */
export async function sendLetters(context: PayoutContext): Promise<void> {
  const source = new BatchSource(() => claim(context));
  const sink = new BatchSink<TriedLetter>((tried) => mark(context, tried), BATCH);
  const next = async (): Promise<DueLetter | null> => (context.isStopping() ? null : source.next());
  const sendOne = async (letter: DueLetter): Promise<void> =>
    sink.add({ letter, state: await send(context, letter) });
  await everyStep([() => inFlight(context.inFlight, next, sendOne), () => sink.settled()]);
}

async function claim(context: PayoutContext): Promise<DueLetter[]> {
  const now = await agreedNow(context, context.database);
  return query<DueLetter>(context.database, CLAIM, [
    now,
    leaseFrom(now),
    claimSize(context.inFlight),
  ]);
}

async function send(context: PayoutContext, letter: DueLetter): Promise<TriedLetter['state']> {
  const key = letterKey(letter.payout_id, letter.attempt_number);
  const ids = { payoutId: letter.payout_id, attempt: letter.attempt_number };
  try {
    await sendLetter(context.sidecar, key, letter.user_id, contentOf(letter, context.currency));
    crashPoint('payout:letter-sent');
    context.logger.info(ids, 'payout letter sent');
    return 'sent';
  } catch (error) {
    const fate = fateOfLetter(error, triedMs(letter, await context.now(context.database)));
    if (fate === 'failed') context.logger.error({ err: error, ...ids }, 'payout letter given up');
    else context.logger.warn({ err: error, ...ids }, 'payout letter not sent');
    return fate;
  }
}

function contentOf(letter: DueLetter, currency: string): LetterContent {
  const { template, day } = letter;
  const amount = toMoney(letter.amount_cents, currency);
  if (template === 'payout-paid') return { template, day, amount };
  return { template, day, amount, reason: letter.reason ?? '' };
}

async function mark(context: PayoutContext, tried: readonly TriedLetter[]): Promise<void> {
  const { database } = context;
  const now = await context.now(database);
  const restUntil = (letter: DueLetter): Date =>
    new Date(now.getTime() + asLongAgain(triedMs(letter, now)));
  await query(database, MARK, [
    tried.map(({ letter }) => letter.payout_id),
    tried.map(({ letter }) => letter.attempt_number),
    tried.map(({ state }) => state),
    tried.map(({ letter }) => restUntil(letter)),
    now,
  ]);
}

function triedMs(letter: DueLetter, now: Date): number {
  return now.getTime() - letter.due_at.getTime();
}
