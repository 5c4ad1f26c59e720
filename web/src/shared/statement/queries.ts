import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import { oneOf, day } from '../../lib/address';
import { rangeQuery, type Range } from '../../lib/day-range';
import { addDays, type Day } from '../../lib/time';

export type Entry = Schemas['Entry'];
export type Payout = Schemas['Payout'];
export type StatementDay = Schemas['StatementDay'];

/** Whose statement: one's own, that of a person, or that of the company. */
export type Holder = 'me' | 'company' | { userId: string };

export const KINDS = ['all', 'fee', 'reward', 'payout', 'reversal', 'return'] as const;
export type Kind = (typeof KINDS)[number];

/** What the address says of a statement. */
export const FIELDS = { from: day, to: day, kind: oneOf(KINDS, 'all') };

/** Business days that a statement shows, both ends included, and the kind of its lines. */
export interface Asked extends Range {
  kind: Kind;
}

/** So many days are shown unless others are chosen: the server's own default. */
const SHOWN_DAYS = 30;

/** Returns the days that the server shows for a range; nulls while the open one is not known. */
export function rangeOf({ from, to }: Range, openDay: Day | null): Range {
  const last = to ?? openDay;
  return { from: from ?? (last && addDays(last, 1 - SHOWN_DAYS)), to: last };
}

/** `enabled` is false for a range that the server would refuse. */
interface Options {
  enabled: boolean;
}

/** Entries, newest first, in the order of the ledger. */
export function useEntries(holder: Holder, { kind, ...range }: Asked, { enabled }: Options) {
  const query = { ...rangeQuery(range), ...(kind !== 'all' && { kind: [kind] }) };
  const own = useList(
    '/api/v1/accounts/me/entries',
    { query },
    { enabled: enabled && holder === 'me' },
  );
  const company = useList(
    '/api/v1/accounts/company/entries',
    { query },
    { enabled: enabled && holder === 'company' },
  );
  const userId = typeof holder === 'object' ? holder.userId : '';
  const person = useList(
    '/api/v1/accounts/{userId}/entries',
    { path: { userId }, query },
    { enabled: enabled && userId !== '' },
  );
  if (holder === 'me') return own;
  return holder === 'company' ? company : person;
}

/** Figures of business days, with what was carried over and why. */
export function useStatementDays(holder: Holder, range: Range, { enabled }: Options) {
  const query = rangeQuery(range);
  const own = $api.useQuery(
    'get',
    '/api/v1/accounts/me/days',
    { params: { query } },
    { enabled: enabled && holder === 'me' },
  );
  const company = $api.useQuery(
    'get',
    '/api/v1/accounts/company/days',
    { params: { query } },
    { enabled: enabled && holder === 'company' },
  );
  const userId = typeof holder === 'object' ? holder.userId : '';
  const person = $api.useQuery(
    'get',
    '/api/v1/accounts/{userId}/days',
    { params: { path: { userId }, query } },
    { enabled: enabled && userId !== '' },
  );
  if (holder === 'me') return own;
  return holder === 'company' ? company : person;
}

/** Returns the address of the statement as a file. */
export function fileOf(holder: Holder) {
  if (typeof holder === 'object') {
    return `/api/v1/accounts/${holder.userId}/entries.csv` as const;
  }
  return holder === 'me'
    ? ('/api/v1/accounts/me/entries.csv' as const)
    : ('/api/v1/accounts/company/entries.csv' as const);
}
