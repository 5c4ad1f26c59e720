import { recordAudit } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { openBusinessDays } from '../../days/steps/open-business-days';
import { releasedStates } from '../../ledger/domain/released-states';
import type { ClosingLedger } from '../../ledger/steps/enter-ledger';
import { wakePayouts } from '../../ledger/steps/wake-payouts';
import { demandClosable } from '../domain/closing';
import { firstOpenDay } from '../queries/day-figures';
import { OWED } from '../queries/owed';
import { publishClosing } from './publish-payouts';

/** Statement timeout of a closing: its statements cover all accounts. */
const CLOSING_TIMEOUT = `SET LOCAL statement_timeout = '60s'`;

const WRITE_CLOSINGS = `
WITH ${OWED}
INSERT INTO closings (account_id, day, earned_cents, committed_cents, carried_cents)
SELECT account_id, $1, earned_cents, committed_cents, earned_cents - committed_cents - payable_cents
FROM owed`;

/**
 * Derived from account and day (RFC 9562, version 8). When a day is closed again after a restore of
 * the database, its payouts have the same ids and thereby the same keys, which the bank
 * recognises: nobody is paid twice. In SQL, not by `derivedId`: one statement writes all payouts.
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

/**
 * Closes an open day: writes the closings, plans the payouts and opens the next day. The worker is
 * woken when the transaction commits.
 */
export async function closeDay(
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
  await recordAudit(tx, { actorId, action: 'business-day.closed', subject: day });
  await wakePayouts(tx);
  await publishClosing(tx, day, now);
}

/** A person who closes a day by hand. */
export interface ClosedByHand {
  actorId: string;
  /** Whether a day may be closed before it began; for tours and tests. */
  mayBeEarly: boolean;
}

/**
 * Closes a day by hand, with the present as its cut-off; a closed day stays as it is. Throws 404
 * for a day before the first, 409 `business-day-not-begun` for a future one.
 */
export async function closeDayByHand(
  ledger: ClosingLedger,
  context: AccountContext,
  day: Day,
  { actorId, mayBeEarly }: ClosedByHand,
): Promise<void> {
  const { tx, now } = ledger;
  if (await isClosed(tx, day)) return;
  const open = await firstOpenDay(tx);
  demandClosable(day, { open, now, calendar: context.calendar, mayBeEarly });
  await closeDay(ledger, context, day, actorId);
}

async function isClosed(tx: Tx, day: Day): Promise<boolean> {
  const sql = `SELECT 1 FROM business_days WHERE day = $1 AND state = 'closed'`;
  return (await query(tx, sql, [day])).length > 0;
}
