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

/** A business day and what it came to, as the management sees it. */
export interface DayFigures {
  day: Day;
  state: DayState;
  cutOffAt: Date;
  feesCents: bigint;
  rewardsCents: bigint;
  /** Reversals, signed: what they added to the management's earnings. */
  correctionsCents: bigint;
  /** Fees − rewards + corrections. */
  earnedCents: bigint;
  /** How many payouts of the day there are in each state. */
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

/** Every fee and reward has the management on its other side. */
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

/** Business days, the newest first; open ones too. */
export async function listDays(
  { database }: AccountContext,
  { after, limit }: { after: Day | null; limit: number },
): Promise<DayFigures[]> {
  return (await query<Row>(database, LIST, [after, limit])).map(fromRow);
}

/** One business day. Throws 404. */
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

/** The first day that is not closed. Throws 404 before the first of all. */
export async function firstOpenDay(tx: Tx | Database): Promise<Day> {
  const sql = `SELECT min(day) AS day FROM business_days WHERE state = 'open'`;
  const [row] = await query<{ day: Day | null }>(tx, sql);
  if (row!.day === null) throw notFound('Business day');
  return row!.day;
}

const WOULD_PAY = `
WITH ${OWED} SELECT count(*)::integer AS count FROM owed WHERE payable_cents > 0`;

/**
 * What closing a day by hand would make of it now; changes nothing. A closed day is shown as
 * it is. Throws what closing it would throw.
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
