import type { LetterContent } from '../../contracts/calls/notify';
import type { Locale } from '../../contracts/fields';
import { query, type Database, type Tx } from '../../db/data-source';
import { agreedNow, type Clocks } from '../../db/database-clock';
import { asLongAgain } from '../../kernel/delays';
import { newId } from '../../kernel/ids';
import type { Logger } from '../../observability/logger';
import { BatchSource, inFlight } from '../in-flight';
import type { Job } from '../jobs';
import { fateOfLetter, isAddressRefused } from './letter-fate';

/**
 * Letters that a change owes somebody, written in the transaction of the change; for a migration.
 * The id is the letter's key at Notify, so a repeat after a crash is no second letter.
 */
export const CREATE_DUE_LETTERS = `
CREATE TABLE due_letters (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  -- Address, nickname and language at the moment of the change; null where they are asked for
  -- when the letter is sent.
  recipient jsonb,
  content jsonb NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  due_at timestamptz NOT NULL,
  -- Nobody takes the letter up before this: somebody has it, or it rests between two tries.
  next_try_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE INDEX due_letters_due ON due_letters (next_try_at) WHERE state = 'due'`;

/** What the gauges count is found without reading all that were ever sent; for a migration. */
export const INDEX_UNSENT_LETTERS = `
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent'`;

/** Whom a letter goes to. */
export interface LetterRecipient {
  to: string;
  nickname: string;
  locale: Locale;
  /** An address of before: nobody has to do anything when it does not exist any more. */
  mayBeGone?: true;
}

/** What is owed to whom; without recipient when only their id is known. */
export interface OwedLetter {
  userId: string;
  recipient: LetterRecipient | null;
  content: LetterContent;
}

const OWE = `
INSERT INTO due_letters (id, user_id, recipient, content, due_at, next_try_at)
VALUES ($1, $2, $3, $4, $5, $5)`;

/** Notes that a letter is due; it is sent if and only if the transaction commits. */
export async function oweLetter(tx: Tx, letter: OwedLetter, now: Date): Promise<void> {
  const { userId, recipient, content } = letter;
  await query(tx, OWE, [newId(), userId, recipient, content, now]);
}

/** A letter about to be sent under its id. */
export interface DueLetter extends OwedLetter {
  id: string;
  dueAt: Date;
}

/** What letters are sent with. */
export interface LetterDesk extends Clocks {
  database: Database;
  logger: Logger;
  /** Hands a letter to Notify, with its id as key. Throws `Problem` when that failed. */
  send(letter: DueLetter): Promise<void>;
}

const EVERY_MS = 2_000;
const LEASE_MS = 60_000;
const IN_FLIGHT = 4;
/** Three for each in flight: the lease outlasts them, also when every call takes its longest. */
const BATCH = 12;

const CLAIM = `
UPDATE due_letters AS letter SET next_try_at = $2, tries = tries + 1
WHERE id = ANY (ARRAY(
  SELECT id FROM due_letters WHERE state = 'due' AND next_try_at <= $1
  ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
RETURNING id, user_id AS "userId", recipient, content, due_at AS "dueAt"`;

const FORGET = `DELETE FROM due_letters WHERE id = $1 AND state = 'due'`;

const MARK = `
UPDATE due_letters SET state = $2, next_try_at = $3 WHERE id = $1 AND state = 'due'`;

/**
 * Sends the letters that are due. One that can't be sent now is tried again with a growing delay,
 * for a day; one whose address is wrong for certain is given up at once, or forgotten where the
 * address was one of before.
 */
export function dueLettersJob(desk: LetterDesk): Job {
  return {
    name: 'due-letters',
    everyMs: EVERY_MS,
    async run() {
      const source = new BatchSource(() => claim(desk));
      await inFlight(
        IN_FLIGHT,
        () => source.next(),
        (letter) => trySend(desk, letter),
      );
    },
  };
}

async function claim(desk: LetterDesk): Promise<DueLetter[]> {
  const { database } = desk;
  const now = await agreedNow(desk, database);
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  return query<DueLetter>(database, CLAIM, [now, leaseUntil, BATCH]);
}

async function trySend(desk: LetterDesk, letter: DueLetter): Promise<void> {
  const { database, logger } = desk;
  const about = { letterId: letter.id, template: letter.content.template };
  let fault: { error: unknown } | null = null;
  try {
    await desk.send(letter);
  } catch (error) {
    fault = { error };
  }
  const now = await desk.now(database);
  if (fault === null) {
    await query(database, MARK, [letter.id, 'sent', now]);
    logger.info(about, 'letter sent');
    return;
  }
  const triedMs = now.getTime() - letter.dueAt.getTime();
  const fate = fateOfLetter(fault.error, triedMs);
  if (isAddressRefused(fault.error) && letter.recipient?.mayBeGone) {
    await query(database, FORGET, [letter.id]);
    logger.info({ err: fault.error, ...about }, 'letter to an address of before not sent');
    return;
  }
  const nextTryAt = new Date(now.getTime() + asLongAgain(triedMs));
  await query(database, MARK, [letter.id, fate, nextTryAt]);
  if (fate === 'failed') logger.error({ err: fault.error, ...about }, 'letter given up');
  else logger.warn({ err: fault.error, ...about }, 'letter not sent');
}
