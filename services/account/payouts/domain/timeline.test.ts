import { ownTimelineOf, timelineOf, type PayoutFacts } from './timeline';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 15, minute));
const ACCOUNTANT = '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e';
const NUMBER = '40817810099910004312';

const attempt = {
  number: 1,
  at: at(1),
  bankAccount: NUMBER,
  outcome: null,
  settledAt: null,
  reason: null,
  finding: null,
  letterSentAt: null,
};
const planned: PayoutFacts = {
  plannedAt: at(0),
  state: 'planned',
  changedAt: null,
  reason: null,
  attempts: [],
  decisions: [],
  returned: null,
};
const kinds = (payout: PayoutFacts): string[] => timelineOf(payout).map(({ kind }) => kind);

it('a planned payout has one event', () => {
  expect(timelineOf(planned)).toEqual([
    { at: at(0), kind: 'planned', attempt: null, bankAccount: null, by: null, reason: null },
  ]);
});

const life: PayoutFacts = {
  ...planned,
  state: 'returned',
  attempts: [
    {
      ...attempt,
      outcome: 'refused',
      settledAt: at(2),
      reason: 'no such number',
      letterSentAt: at(3),
    },
    {
      ...attempt,
      number: 2,
      at: at(11),
      outcome: 'succeeded',
      settledAt: at(12),
      finding: 'seen on the statement',
      letterSentAt: at(13),
    },
  ],
  decisions: [
    { at: at(12), kind: 'resolved', by: ACCOUNTANT, reason: 'seen on the statement' },
    { at: at(10), kind: 'retried', by: ACCOUNTANT, reason: null },
  ],
  returned: { at: at(20), reason: 'account closed', letterSentAt: at(21) },
};

it('the whole life is in the order of time, what happened at once in the order of cause', () => {
  expect(kinds(life)).toEqual([
    'planned',
    'attempt',
    'refused',
    'letter-sent',
    'retried',
    'attempt',
    'paid',
    'resolved',
    'letter-sent',
    'returned',
    'letter-sent',
  ]);
});

it('bank account numbers are masked', () => {
  const shown = timelineOf(life).map(({ bankAccount }) => bankAccount);
  expect(shown.filter((number) => number !== null)).toHaveLength(2);
  expect(JSON.stringify(shown)).not.toContain(NUMBER);
});

it('accountants see who decided, and why', () => {
  const [resolved] = timelineOf(life).filter(({ kind }) => kind === 'resolved');
  expect(resolved).toMatchObject({ by: ACCOUNTANT, reason: 'seen on the statement' });
});

it('the payee sees the words of the bank, and neither names nor findings', () => {
  const own = ownTimelineOf(life);
  expect(own.map(({ kind }) => kind)).toEqual(kinds(life));
  expect(own.map(({ reason }) => reason).filter((reason) => reason !== null)).toEqual([
    'no such number',
    'account closed',
  ]);
  expect(own.every(({ by }) => by === null)).toBe(true);
});

it.each([
  ['unknown', 'unclear'],
  ['needs_review', 'needs-review'],
])('a payout in state %s ends with what is not clear', (state, kind) => {
  const unclear = { ...planned, state, changedAt: at(5), reason: 'no answer', attempts: [attempt] };
  expect(timelineOf(unclear).at(-1)).toMatchObject({ kind, attempt: 1, reason: 'no answer' });
  expect(ownTimelineOf(unclear).at(-1)).toMatchObject({ kind, attempt: 1, reason: null });
});
