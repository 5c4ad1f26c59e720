import { maskBankAccount } from '../../../shared/kernel/bank-account';

/** Kinds of events in the life of a payout, in the order of events of the same moment. */
export const timelineKinds = [
  'planned',
  'attempt',
  'refused',
  'paid',
  'unclear',
  'needs-review',
  'resolved',
  'retried',
  'cancelled',
  'returned',
  'letter-sent',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** Event in the life of a payout. */
export interface TimelineEvent {
  at: Date;
  kind: TimelineKind;
  /** Number of the attempt; null for an event of the payout as a whole. */
  attempt: number | null;
  /** Masked bank account number that an attempt goes to. */
  bankAccount: string | null;
  /** Accountant who decided. */
  by: string | null;
  reason: string | null;
}

/** Facts of an attempt. */
export interface AttemptFacts {
  number: number;
  at: Date;
  bankAccount: string | null;
  outcome: 'succeeded' | 'refused' | null;
  settledAt: Date | null;
  /** Why the transfer was refused. */
  reason: string | null;
  /** Finding of an accountant, for the books. */
  finding: string | null;
  letterSentAt: Date | null;
}

/** Decision of an accountant about a payout. */
export interface DecisionFacts {
  at: Date;
  kind: 'retried' | 'cancelled' | 'resolved';
  by: string | null;
  reason: string | null;
}

/** Everything stored about a payout that its timeline is made of. */
export interface PayoutFacts {
  plannedAt: Date;
  state: string;
  /** When the state changed last. */
  changedAt: Date | null;
  reason: string | null;
  attempts: readonly AttemptFacts[];
  decisions: readonly DecisionFacts[];
  returned: { at: Date; reason: string | null; letterSentAt: Date | null } | null;
}

const nothing = { attempt: null, bankAccount: null, by: null, reason: null };

/** Returns the life of a payout as accountants see it, oldest first. */
export function timelineOf(payout: PayoutFacts): TimelineEvent[] {
  const events: TimelineEvent[] = [
    { ...nothing, at: payout.plannedAt, kind: 'planned' },
    ...payout.attempts.flatMap(eventsOf),
    ...payout.decisions.map((decision) => ({ ...nothing, ...decision })),
    ...pending(payout),
  ];
  events.push(...returnOf(payout));
  const rank = ({ kind }: TimelineEvent): number => timelineKinds.indexOf(kind);
  return events.sort((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
}

/**
 * Returns the life of a payout as its payee sees it: no names, and no reasons but those of the
 * bank.
 */
export function ownTimelineOf(payout: PayoutFacts): TimelineEvent[] {
  const attempts = payout.attempts.map((attempt) => ({ ...attempt, finding: null }));
  return timelineOf({ ...payout, attempts, reason: null }).map((event) => {
    const isDecision = ['retried', 'cancelled', 'resolved'].includes(event.kind);
    return isDecision ? { ...event, by: null, reason: null } : event;
  });
}

function eventsOf(attempt: AttemptFacts): TimelineEvent[] {
  const { number, at, bankAccount, outcome, settledAt, letterSentAt } = attempt;
  const of = { ...nothing, attempt: number };
  const masked = bankAccount && maskBankAccount(bankAccount);
  const events: TimelineEvent[] = [{ ...of, at, kind: 'attempt', bankAccount: masked }];
  if (outcome !== null && settledAt !== null) {
    const kind = outcome === 'succeeded' ? 'paid' : 'refused';
    events.push({ ...of, at: settledAt, kind, reason: attempt.finding ?? attempt.reason });
  }
  if (letterSentAt !== null) events.push({ ...of, at: letterSentAt, kind: 'letter-sent' });
  return events;
}

function returnOf({ returned }: PayoutFacts): TimelineEvent[] {
  if (returned === null) return [];
  const { at, reason, letterSentAt } = returned;
  const events: TimelineEvent[] = [{ ...nothing, at, reason, kind: 'returned' }];
  if (letterSentAt !== null) events.push({ ...nothing, at: letterSentAt, kind: 'letter-sent' });
  return events;
}

/** An unclear answer is no row of its own: it is the state that the payout is in. */
function pending({ state, changedAt, reason, attempts }: PayoutFacts): TimelineEvent[] {
  const kind = state === 'unknown' ? 'unclear' : state === 'needs_review' ? 'needs-review' : null;
  if (kind === null || changedAt === null) return [];
  return [{ ...nothing, at: changedAt, kind, attempt: attempts.at(-1)?.number ?? null, reason }];
}
