import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import { oneOf, day } from '../../lib/address';
import { addDays, type Day } from '../../lib/time';

export type Entry = Schemas['Entry'];
export type StatementDay = Schemas['StatementDay'];

/** Whose statement: one's own, that of a person, or that of the company. */
export type Holder = 'me' | 'company' | { userId: string };

export const KINDS = ['all', 'fee', 'reward', 'payout', 'reversal', 'return'] as const;
export type Kind = (typeof KINDS)[number];

/** What the address says of a statement. */
export const FIELDS = { from: day, to: day, kind: oneOf(KINDS, 'all') };

/** Business days that a statement shows, both ends included, and the kind of its lines. */
export interface Asked {
  from: Day;
  to: Day;
  kind: Kind;
}

/** So many days are shown unless others are chosen. */
const SHOWN_DAYS = 30;

/** Returns the days that are chosen, or the last thirty, the open one included. */
export function rangeOf(
  { from, to }: { from: Day | null; to: Day | null },
  openDay: Day,
): Pick<Asked, 'from' | 'to'> {
  const last = to ?? openDay;
  return { from: from ?? addDays(last, 1 - SHOWN_DAYS), to: last };
}

/** Entries, newest first, in the order of the ledger. */
export function useEntries(holder: Holder, { from, to, kind }: Asked) {
  const query = { from, to, ...(kind !== 'all' && { kind: [kind] }) };
  const own = useList('/api/v1/accounts/me/entries', { query }, { enabled: holder === 'me' });
  const company = useList(
    '/api/v1/accounts/company/entries',
    { query },
    { enabled: holder === 'company' },
  );
  const userId = typeof holder === 'object' ? holder.userId : '';
  const person = useList(
    '/api/v1/accounts/{userId}/entries',
    { path: { userId }, query },
    { enabled: userId !== '' },
  );
  if (holder === 'me') return own;
  return holder === 'company' ? company : person;
}

/** Figures of business days, with what was carried over and why. */
export function useStatementDays(holder: Holder, { from, to }: Pick<Asked, 'from' | 'to'>) {
  const query = { from, to };
  const own = $api.useQuery(
    'get',
    '/api/v1/accounts/me/days',
    { params: { query } },
    { enabled: holder === 'me' },
  );
  const company = $api.useQuery(
    'get',
    '/api/v1/accounts/company/days',
    { params: { query } },
    { enabled: holder === 'company' },
  );
  const userId = typeof holder === 'object' ? holder.userId : '';
  const person = $api.useQuery(
    'get',
    '/api/v1/accounts/{userId}/days',
    { params: { path: { userId }, query } },
    { enabled: userId !== '' },
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
