import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { releasedStates } from '../../ledger/domain/released-states';
import { MANAGEMENT_ACCOUNT_ID } from '../../ledger/domain/system-accounts';
import { demandClosable } from '../domain/closing';
import type { PayoutState } from '../domain/payout';
import { OWED } from './owed';

export type DayState = 'open' | 'closed';

/** Figures of a business day, from the management's side. */
export interface DayFigures {
  day: Day;
  state: DayState;
  cutOffAt: Date;
  feesCents: bigint;
  rewardsCents: bigint;
  /** Reversals, signed: positive ones add to the management's earnings. */
  correctionsCents: bigint;
  /** Fees − rewards + corrections. */
  earnedCents: bigint;
  /** Number of payouts of the day by state. */
  payouts: Partial<Record<PayoutState, number>>;
}

interface Row {
  day: Day;
  state: DayState;
  cut_off_at: Date;
  fees: bigint;
  rewards: bigint;
  corrections: bigint;
  payouts: Partial<Record<PayoutState, number>>;
}

/** Computed from the management's entries: the other side of every fee and reward. */
const FIGURES = `
SELECT page.day, page.state, page.cut_off_at,
  coalesce(booked.fees, 0)::bigint AS fees, coalesce(booked.rewards, 0)::bigint AS rewards,
  coalesce(booked.corrections, 0)::bigint AS corrections,
  coalesce(counted.payouts, '{}') AS payouts
FROM page
CROSS JOIN LATERAL (
  SELECT sum(amount_cents) FILTER (WHERE kind = 'fee') AS fees,
    -sum(amount_cents) FILTER (WHERE kind = 'reward') AS rewards,
    sum(amount_cents) FILTER (WHERE kind = 'reversal') AS corrections
  FROM entries WHERE account_id = '${MANAGEMENT_ACCOUNT_ID}' AND business_day = page.day
) AS booked
CROSS JOIN LATERAL (
  SELECT jsonb_object_agg(state, count) AS payouts FROM (
    SELECT state, count(*) FROM payouts WHERE day = page.day GROUP BY state
  ) AS by_state
) AS counted
ORDER BY page.day DESC`;

const LIST = `
WITH page AS (
  SELECT * FROM business_days WHERE $1::date IS NULL OR day < $1::date
  ORDER BY day DESC LIMIT $2
) ${FIGURES}`;

const ONE = `WITH page AS (SELECT * FROM business_days WHERE day = $1) ${FIGURES}`;

/** Returns business days, newest first, open ones too. */
export async function listDays(
  { database }: AccountContext,
  { after, limit }: { after: Day | null; limit: number },
): Promise<DayFigures[]> {
  return (await query<Row>(database, LIST, [after, limit])).map(fromRow);
}

/** Returns a business day. Throws 404. */
export async function readDay(
  { database }: { database: Tx | Database },
  day: Day,
): Promise<DayFigures> {
  const figures = await findDay(database, day);
  if (!figures) throw notFound('Business day');
  return figures;
}

async function findDay(tx: Tx | Database, day: Day): Promise<DayFigures | null> {
  const [row] = await query<Row>(tx, ONE, [day]);
  return row ? fromRow(row) : null;
}

/** Returns the first day that is not closed. Throws 404 when no day is open. */
export async function firstOpenDay(tx: Tx | Database): Promise<Day> {
  const sql = `SELECT min(day) AS day FROM business_days WHERE state = 'open'`;
  const [row] = await query<{ day: Day | null }>(tx, sql);
  if (row!.day === null) throw notFound('Business day');
  return row!.day;
}

const WOULD_PAY = `
WITH ${OWED} SELECT count(*)::integer AS count FROM owed WHERE payable_cents > 0`;

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
  const figures = await findDay(database, day);
  if (figures?.state === 'closed') return figures;
  const open = await firstOpenDay(database);
  demandClosable(day, { open, now: await now(database), calendar, mayBeEarly });
  const [would] = await query<{ count: number }>(database, WOULD_PAY, [day, releasedStates]);
  return { ...figures!, payouts: would!.count === 0 ? {} : { planned: would!.count } };
}

function fromRow(row: Row): DayFigures {
  return {
    day: row.day,
    state: row.state,
    cutOffAt: row.cut_off_at,
    feesCents: row.fees,
    rewardsCents: row.rewards,
    correctionsCents: row.corrections,
    earnedCents: row.fees - row.rewards + row.corrections,
    payouts: row.payouts,
  };
}
