import { recordAudit } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { Day } from '../../../shared/kernel/business-day';
import { crashPoint } from '../../../shared/runtime/crash-point';
import type { AccountContext } from '../../context';
import { openBusinessDays } from '../../days/steps/open-business-days';
import { releasedStates } from '../../ledger/domain/released-states';
import { enterLedger, enterLedgerAlone, type ClosingLedger } from '../../ledger/steps/enter-ledger';
import { wakePayouts } from '../../ledger/steps/wake-payouts';
import { demandClosable, dueBefore } from '../domain/closing';
import type { DecisionRequest } from '../domain/decision';
import { firstOpenDay, readDay, type DayFigures } from '../queries/day-figures';
import { OWED } from '../queries/owed';
import { decideOnce } from '../steps/decide-once';

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
export async function closeBusinessDay(
  context: AccountContext,
  day: Day,
  by: ClosedByHand,
): Promise<void> {
  await context.database.transaction(async (tx) =>
    closeByHand(await enterLedgerAlone(tx, context), context, day, by),
  );
  crashPoint('payout:closed');
}

/** The same for a request that may be repeated: a repeat gets the answer of the first. */
export async function closeBusinessDayOnce<View extends object>(
  context: AccountContext,
  { day, request, mayBeEarly }: { day: Day; request: DecisionRequest; mayBeEarly: boolean },
  present: (figures: DayFigures) => View,
): Promise<View> {
  const answer = await context.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx, context);
    return decideOnce(tx, request, async () => {
      await closeByHand(ledger, context, day, { actorId: request.actorId, mayBeEarly });
      return present(await readDay({ database: tx }, day));
    });
  });
  crashPoint('payout:closed');
  return answer;
}

async function closeByHand(
  ledger: ClosingLedger,
  context: AccountContext,
  day: Day,
  { actorId, mayBeEarly }: ClosedByHand,
): Promise<void> {
  const { tx, now } = ledger;
  if (await isClosed(tx, day)) return;
  const open = await firstOpenDay(tx);
  demandClosable(day, { open, now, calendar: context.calendar, mayBeEarly });
  await close(ledger, context, day, actorId);
}

/**
 * Closes every day whose cut-off has passed a minute ago, the oldest first; each in a
 * transaction of its own. However many workers do this at once, a day is closed once. One that
 * can't be closed keeps the later ones open, since a closing goes on from the one before it.
 */
export async function closeDueDays(context: AccountContext): Promise<void> {
  await context.database.transaction(async (tx) => {
    await agreedNow(context, tx);
    await enterLedger(tx, context);
  });
  while (await closeOldestDueDay(context)) crashPoint('payout:closed');
}

const DUE = `
SELECT day FROM business_days WHERE state = 'open' AND cut_off_at <= $1 ORDER BY day LIMIT 1`;

async function closeOldestDueDay(context: AccountContext): Promise<boolean> {
  const due = dueBefore(await agreedNow(context, context.database));
  const isAnyDue = (await query(context.database, DUE, [due])).length > 0;
  if (!isAnyDue) return false;
  return context.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx, context);
    // Somebody else may have closed it while we waited for the lock.
    const [oldest] = await query<{ day: Day }>(tx, DUE, [due]);
    if (oldest) await close(ledger, context, oldest.day, null);
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
  { tx, now }: ClosingLedger,
  { calendar }: AccountContext,
  day: Day,
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
