import { recordAudit } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { crashPoint } from '../../shared/runtime/crash-point';
import type { Day } from '../../shared/kernel/business-day';
import { demandClosable, dueBefore } from '../domain/closing';
import { releasedStates } from '../domain/payout';
import type { Books } from '../queries/books';
import { firstOpenDay, readDay, type DayFigures } from '../queries/day-figures';
import { OWED } from '../queries/owed';
import { decideOnce, type DecisionRequest } from './decide-once';
import { enterLedger, enterLedgerAlone, type ClosingLedger } from './ledger-lock';
import { openBusinessDays } from './open-business-days';
import { wakePayouts } from './wake-payouts';

/** Somebody who closes a day by hand. */
export interface ClosedByHand {
  actorId: string;
  /** Whether a day may be closed before it began; for tours and tests. */
  mayBeEarly: boolean;
}

/**
 * Closes a day by hand: its cut-off is now, what it leaves to pay is planned, the next day is
 * open. A day that is closed already stays as it is. Throws 404 for a day before the first,
 * 409 `business-day-not-begun` for one that is still to come.
 */
export async function closeBusinessDay(books: Books, day: Day, by: ClosedByHand): Promise<void> {
  await books.database.transaction(async (tx) =>
    closeByHand(await enterLedgerAlone(tx), books, day, by),
  );
  crashPoint('payout:closed');
}

/** The same for a request that may be repeated: a repeat gets the answer of the first. */
export async function closeBusinessDayOnce<View extends object>(
  books: Books,
  { day, request, mayBeEarly }: { day: Day; request: DecisionRequest; mayBeEarly: boolean },
  present: (figures: DayFigures) => View,
): Promise<View> {
  const answer = await books.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx);
    return decideOnce(tx, request, async () => {
      await closeByHand(ledger, books, day, { actorId: request.actorId, mayBeEarly });
      return present(await readDay({ database: tx }, day));
    });
  });
  crashPoint('payout:closed');
  return answer;
}

async function closeByHand(
  ledger: ClosingLedger,
  books: Books,
  day: Day,
  { actorId, mayBeEarly }: ClosedByHand,
): Promise<void> {
  const { tx } = ledger;
  const now = await agreedNow(books, tx);
  await openBusinessDays(tx, now, books.calendar);
  if (await isClosed(tx, day)) return;
  const open = await firstOpenDay(tx);
  demandClosable(day, { open, now, calendar: books.calendar, mayBeEarly });
  await close(ledger, books, day, now, actorId);
}

/**
 * Closes every day whose cut-off has passed a minute ago, the oldest first; each in a
 * transaction of its own. However many workers do this at once, a day is closed once. One that
 * can't be closed keeps the later ones open, since a closing goes on from the one before it.
 */
export async function closeDueDays(books: Books): Promise<void> {
  await books.database.transaction(async (tx) => {
    await enterLedger(tx);
    await openBusinessDays(tx, await agreedNow(books, tx), books.calendar);
  });
  while (await closeOldestDueDay(books)) crashPoint('payout:closed');
}

const DUE = `
SELECT day FROM business_days WHERE state = 'open' AND cut_off_at <= $1 ORDER BY day LIMIT 1`;

async function closeOldestDueDay(books: Books): Promise<boolean> {
  const due = dueBefore(await agreedNow(books, books.database));
  const isAnyDue = (await query(books.database, DUE, [due])).length > 0;
  if (!isAnyDue) return false;
  return books.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx);
    // Somebody else may have closed it while we waited for the lock.
    const [oldest] = await query<{ day: Day }>(tx, DUE, [due]);
    if (oldest) await close(ledger, books, oldest.day, await agreedNow(books, tx), null);
    return oldest !== undefined;
  });
}

/** More accounts than a request could handle: this may take longer than other statements. */
const CLOSING_TIMEOUT = `SET LOCAL statement_timeout = '60s'`;

const WRITE_CLOSINGS = `
WITH ${OWED}
INSERT INTO closings (account_id, day, earned_cents, committed_cents, carried_cents)
SELECT account_id, $1, earned_cents, committed_cents, earned_cents - committed_cents - payable_cents
FROM owed`;

/**
 * The id says account and day (RFC 9562, version 8): a day that is closed once more, after the
 * database was put back to a moment before, has the same payouts under the same keys. The bank
 * knows them and pays nobody twice. In SQL, not by `derivedId`: all payouts are one statement.
 */
const PAYOUT_ID = `
overlay(overlay(md5('payout/' || account_id || '/' || to_char(day, 'YYYY-MM-DD'))
  PLACING '8' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1)::uuid`;

const PLAN_PAYOUTS = `
INSERT INTO payouts (id, account_id, day, amount_cents, planned_at)
SELECT ${PAYOUT_ID}, account_id, day, payable_cents, $2
FROM closings WHERE day = $1 AND payable_cents > 0`;

const CLOSE = `
UPDATE business_days SET state = 'closed', cut_off_at = least(cut_off_at, $2) WHERE day = $1`;

async function close(
  { tx }: ClosingLedger,
  { calendar }: Books,
  day: Day,
  now: Date,
  actorId: string | null,
): Promise<void> {
  await query(tx, CLOSING_TIMEOUT);
  await query(tx, WRITE_CLOSINGS, [day, releasedStates]);
  await query(tx, PLAN_PAYOUTS, [day, now]);
  await query(tx, CLOSE, [day, now]);
  await openBusinessDays(tx, now, calendar);
  await recordAudit(tx, { actorId, action: 'business-day.closed', subject: day, details: {} });
  await wakePayouts(tx);
}

async function isClosed(tx: Tx, day: Day): Promise<boolean> {
  const sql = `SELECT 1 FROM business_days WHERE day = $1 AND state = 'closed'`;
  return (await query(tx, sql, [day])).length > 0;
}
