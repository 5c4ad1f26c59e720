import type { Day } from '../../../shared/kernel/business-day';
import type { PayoutState } from '../domain/payout';

/** Filter of payouts; a field that is missing or null means all. */
export interface PayoutFilter {
  day?: Day | null | undefined;
  state?: readonly PayoutState[] | null | undefined;
  userId?: string | null | undefined;
}

/** SQL condition with its parameters, `$1` first. */
export interface Conditions {
  where: string;
  params: unknown[];
}

/**
 * Returns the SQL condition of a filter on `payouts`. Only what is asked is in it, so that each
 * filter has its index.
 */
export function conditionsOf({ day, state, userId }: PayoutFilter): Conditions {
  const params: unknown[] = [];
  const all: string[] = [];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value !== undefined && value !== null) all.push(condition(`$${params.push(value)}`));
  };
  add((place) => `payouts.day = ${place}`, day);
  add((place) => `payouts.state = ANY (${place}::text[])`, state);
  add((place) => `payouts.account_id = (SELECT id FROM accounts WHERE user_id = ${place})`, userId);
  return { where: all.join(' AND ') || 'true', params };
}
