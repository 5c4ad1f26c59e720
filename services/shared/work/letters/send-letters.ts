import { ADDRESS_REFUSED } from '../../contracts/calls/notify';
import { query, type Database } from '../../db/data-source';
import { agreedNow, type Clocks } from '../../db/database-clock';
import { asLongAgain, isHopeless } from '../../kernel/delays';
import { Problem } from '../../kernel/errors';
import type { Logger } from '../../observability/logger';
import type { Job } from '../jobs';
import { claimSize, leaseOfBatch } from '../lease';
import { workOff } from '../work-off';
import type { OwedLetter } from './due-letters';

/** Letter to be sent; `id` is the idempotency key at Notify. */
export interface DueLetter extends OwedLetter {
  id: string;
  dueAt: Date;
}

/** Dependencies of sending letters. */
export interface LetterDesk extends Clocks {
  database: Database;
  logger: Logger;
  /** Letters sent concurrently; `FEW_IN_FLIGHT` by default. */
  inFlight?: number;
  /** Returns true when the process is stopping: no further letters are sent. */
  isStopping?(): boolean;
  /**
   * Sends a letter through Notify, with its id as idempotency key. Throws `Problem` when that
   * failed.
   */
  send(letter: DueLetter): Promise<void>;
}

const EVERY_MS = 2_000;
const FEW_IN_FLIGHT = 4;

/** Creates the job that sends letters every two seconds. */
export function dueLettersJob(run: () => Promise<void>): Job {
  return { name: 'due-letters', everyMs: EVERY_MS, run };
}

/**
 * Sends the due letters of this database. A failed letter is retried with a backoff for a day. A
 * letter whose address was refused is given up at once, or deleted when the address is a former
 * one.
 */
export async function sendLetters(desk: LetterDesk): Promise<void> {
  const lanes = desk.inFlight ?? FEW_IN_FLIGHT;
  await workOff<DueLetter, TriedLetter>({
    inFlight: lanes,
    claim: () => claim(desk, claimSize(lanes)),
    call: (letter) => trySend(desk, letter),
    record: (tried) => record(desk, tried),
    isStopping: () => desk.isStopping?.() === true,
  });
}

const CLAIM = `
UPDATE due_letters AS letter SET next_try_at = $2, tries = tries + 1
WHERE id = ANY (ARRAY(
  SELECT id FROM due_letters WHERE state = 'due' AND next_try_at <= $1
  ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
RETURNING id, user_id AS "userId", recipient, content, due_at AS "dueAt"`;

async function claim(desk: LetterDesk, limit: number): Promise<DueLetter[]> {
  const now = await agreedNow(desk, desk.database);
  return query<DueLetter>(desk.database, CLAIM, [now, leaseOfBatch(now), limit]);
}

/** Letter after an attempt to send it; `fault` is null when it was sent. */
interface TriedLetter {
  letter: DueLetter;
  fault: { error: unknown } | null;
}

async function trySend(desk: LetterDesk, letter: DueLetter): Promise<TriedLetter> {
  try {
    await desk.send(letter);
    return { letter, fault: null };
  } catch (error) {
    return { letter, fault: { error } };
  }
}

/** State of a letter after an attempt. */
type Fate = 'sent' | 'due' | 'failed' | 'forgotten';

const MARK = `
UPDATE due_letters AS letter SET state = tried.state, next_try_at = tried.next_try_at
FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS tried (id, state, next_try_at)
WHERE letter.id = tried.id AND letter.state = 'due'`;

const FORGET = `DELETE FROM due_letters WHERE id = ANY ($1::uuid[]) AND state = 'due'`;

async function record(desk: LetterDesk, tried: readonly TriedLetter[]): Promise<void> {
  const now = await desk.now(desk.database);
  const rows = tried.map((one) => {
    const triedMs = now.getTime() - one.letter.dueAt.getTime();
    const fate = fateOf(one, triedMs);
    const restMs = fate === 'due' ? asLongAgain(triedMs) : 0;
    return { ...one, id: one.letter.id, fate, nextTryAt: new Date(now.getTime() + restMs) };
  });
  const [kept, gone] = [
    rows.filter(({ fate }) => fate !== 'forgotten'),
    rows.filter(({ fate }) => fate === 'forgotten'),
  ];
  await query(desk.database, MARK, [
    kept.map(({ id }) => id),
    kept.map(({ fate }) => fate),
    kept.map(({ nextTryAt }) => nextTryAt),
  ]);
  if (gone.length > 0) await query(desk.database, FORGET, [gone.map(({ id }) => id)]);
  for (const row of rows) note(desk.logger, row, row.fate);
}

/**
 * Returns the next state. A refused address ends a letter at once: given up, or deleted when the
 * address is a former one. All other faults are retried for a day.
 */
function fateOf({ letter, fault }: TriedLetter, triedMs: number): Fate {
  if (fault === null) return 'sent';
  const isRefused = fault.error instanceof Problem && fault.error.id === ADDRESS_REFUSED;
  if (isRefused) return letter.recipient?.mayBeGone ? 'forgotten' : 'failed';
  return isHopeless(triedMs) ? 'failed' : 'due';
}

function note(logger: Logger, { letter, fault }: TriedLetter, fate: Fate): void {
  const about = { letterId: letter.id, template: letter.content.template };
  const facts = { err: fault?.error, ...about };
  if (fate === 'sent') logger.info(about, 'letter sent');
  else if (fate === 'forgotten') logger.info(facts, 'letter to an address of before not sent');
  else if (fate === 'due') logger.warn(facts, 'letter not sent');
  else logger.error(facts, 'letter given up');
}
