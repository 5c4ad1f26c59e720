import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { beginOf, begunAt } from '../../days/queries/open-day';
import { releasedStates } from '../../ledger/domain/released-states';
import {
  BANK_CLEARING_ACCOUNT_ID,
  MANAGEMENT_ACCOUNT_ID,
} from '../../ledger/domain/system-accounts';
import { demandClosable } from '../domain/closing';
import type { PayoutState } from '../domain/payout';
import { OWED } from './owed';

export type DayState = 'open' | 'closed';

/** Accounts, and the sum of what they are owed. */
export interface Carried {
  count: number;
  cents: bigint;
}

/** Figures of a business day, from the management's side. */
export interface DayFigures {
  day: Day;
  state: DayState;
  /** Cut-off of the day before. */
  from: Date;
  cutOffAt: Date;
  /** Null while the day is open. */
  closedAt: Date | null;
  /** Null while the day is open, and for a day that was closed by itself. */
  closedBy: string | null;
  feesCents: bigint;
  rewardsCents: bigint;
  /** Reversals, signed: positive ones add to the management's earnings. */
  correctionsCents: bigint;
  /** Fees − rewards + corrections. */
  earnedCents: bigint;
  /** Payouts that the bank sent back, booked on this day; no part of the earnings. */
  returnedCents: bigint;
  /** Number of payouts of the day by state. */
  payouts: Partial<Record<PayoutState, number>>;
  /** Sum of the payouts of the day, in whatever state. */
  payoutTotalCents: bigint;
  /** Accounts below zero when the day was closed, the management's too; the sum is negative. */
  carried: Carried;
  /** Accounts that were owed something while on hold. */
  held: Carried;
}

interface Row extends Record<'carried' | 'held', { count: number; cents: string } | null> {
  day: Day;
  state: DayState;
  begun_at: Date | null;
  cut_off_at: Date;
  closed_at: Date | null;
  closed_by: string | null;
  fees: bigint;
  rewards: bigint;
  corrections: bigint;
  returned: bigint;
  payouts: Partial<Record<PayoutState, number>>;
  payout_total: bigint;
}

/** SQL of a count and a sum, as JSON: cents as text keep every digit. */
const countedSum = (cents: string, condition: string): string => `
jsonb_build_object('count', count(*) FILTER (WHERE ${condition}),
  'cents', coalesce(sum(${cents}) FILTER (WHERE ${condition}), 0)::text)`;

/**
 * Computed from the management's entries, the other side of every fee and reward, and from the
 * closings. The audit log says who closed a day; its rows are found by their subject.
 */
const FIGURES = `
SELECT page.day, page.state, ${beginOf('page.day')} AS begun_at, page.cut_off_at,
  closing.at AS closed_at, closing.actor_id AS closed_by,
  coalesce(booked.fees, 0)::bigint AS fees, coalesce(booked.rewards, 0)::bigint AS rewards,
  coalesce(booked.corrections, 0)::bigint AS corrections,
  coalesce(back.cents, 0)::bigint AS returned,
  coalesce(counted.payouts, '{}') AS payouts, coalesce(counted.total, 0)::bigint AS payout_total,
  rests.carried, rests.held
FROM page
LEFT JOIN LATERAL (
  SELECT at, actor_id FROM audit_log
  WHERE page.state = 'closed' AND subject = page.day::text AND action = 'business-day.closed'
  ORDER BY at DESC LIMIT 1
) AS closing ON true
CROSS JOIN LATERAL (
  SELECT sum(amount_cents) FILTER (WHERE kind = 'fee') AS fees,
    -sum(amount_cents) FILTER (WHERE kind = 'reward') AS rewards,
    sum(amount_cents) FILTER (WHERE kind = 'reversal') AS corrections
  FROM entries WHERE account_id = '${MANAGEMENT_ACCOUNT_ID}' AND business_day = page.day
) AS booked
CROSS JOIN LATERAL (
  SELECT sum(amount_cents) AS cents FROM transfers
  WHERE debit_account_id = '${BANK_CLEARING_ACCOUNT_ID}' AND business_day = page.day
    AND kind = 'return'
) AS back
CROSS JOIN LATERAL (
  SELECT jsonb_object_agg(state, count) AS payouts, sum(cents) AS total FROM (
    SELECT state, count(*), sum(amount_cents) AS cents FROM payouts WHERE day = page.day
    GROUP BY state
  ) AS by_state
) AS counted
CROSS JOIN LATERAL (
  SELECT ${countedSum('carried_cents', 'carried_cents < 0')} AS carried,
    ${countedSum('carried_cents', 'carried_cents > 0')} AS held
  FROM closings WHERE closings.day = page.day AND carried_cents <> 0
) AS rests
ORDER BY page.day DESC`;

const LIST = `
WITH page AS (
  SELECT * FROM business_days WHERE $1::date IS NULL OR day < $1::date
  ORDER BY day DESC LIMIT $2
) ${FIGURES}`;

const ONE = `WITH page AS (SELECT * FROM business_days WHERE day = $1) ${FIGURES}`;

/** Returns business days, newest first, open ones too. */
export async function listDays(
  context: AccountContext,
  { after, limit }: { after: Day | null; limit: number },
): Promise<DayFigures[]> {
  const rows = await query<Row>(context.database, LIST, [after, limit]);
  return rows.map((row) => fromRow(row, context));
}

/** Returns a business day, as `tx` sees it. Throws 404. */
export async function readDay(
  context: AccountContext,
  day: Day,
  tx: Tx | Database = context.database,
): Promise<DayFigures> {
  const figures = await findDay(context, day, tx);
  if (!figures) throw notFound('Business day');
  return figures;
}

async function findDay(
  context: AccountContext,
  day: Day,
  tx: Tx | Database,
): Promise<DayFigures | null> {
  const [row] = await query<Row>(tx, ONE, [day]);
  return row ? fromRow(row, context) : null;
}

/** Returns the first day that is not closed. Throws 404 when no day is open. */
export async function firstOpenDay(tx: Tx | Database): Promise<Day> {
  const sql = `SELECT min(day) AS day FROM business_days WHERE state = 'open'`;
  const [row] = await query<{ day: Day | null }>(tx, sql);
  if (row!.day === null) throw notFound('Business day');
  return row!.day;
}

const REST = 'earned_cents - committed_cents';

const WOULD = `
WITH ${OWED}
SELECT count(*) FILTER (WHERE payable_cents > 0)::integer AS count,
  coalesce(sum(payable_cents), 0)::bigint AS total,
  ${countedSum(REST, `${REST} < 0`)} AS carried,
  ${countedSum(REST, `${REST} > 0 AND payable_cents = 0`)} AS held
FROM owed`;

interface Would extends Record<'carried' | 'held', { count: number; cents: string }> {
  count: number;
  total: bigint;
}

/**
 * Previews the closing of a day by hand; changes nothing. A closed day is returned as it is. Throws
 * 404, 409 `business-day-not-begun` like the closing.
 */
export async function previewClosing(
  context: AccountContext,
  day: Day,
  mayBeEarly: boolean,
): Promise<DayFigures> {
  const { database, now, calendar } = context;
  const figures = await findDay(context, day, database);
  if (figures?.state === 'closed') return figures;
  const open = await firstOpenDay(database);
  demandClosable(day, { open, now: await now(database), calendar, mayBeEarly });
  const [would] = await query<Would>(database, WOULD, [day, releasedStates]);
  const { count, total, carried, held } = would!;
  return {
    ...figures!,
    payouts: count === 0 ? {} : { planned: count },
    payoutTotalCents: total,
    carried: carriedOf(carried),
    held: carriedOf(held),
  };
}

function carriedOf(sum: { count: number; cents: string } | null): Carried {
  return { count: sum?.count ?? 0, cents: BigInt(sum?.cents ?? 0) };
}

function fromRow(row: Row, context: AccountContext): DayFigures {
  return {
    day: row.day,
    state: row.state,
    from: begunAt(row.begun_at, row.day, context),
    cutOffAt: row.cut_off_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    feesCents: row.fees,
    rewardsCents: row.rewards,
    correctionsCents: row.corrections,
    earnedCents: row.fees - row.rewards + row.corrections,
    returnedCents: row.returned,
    payouts: row.payouts,
    payoutTotalCents: row.payout_total,
    carried: carriedOf(row.carried),
    held: carriedOf(row.held),
  };
}
