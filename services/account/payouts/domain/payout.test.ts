import {
  attemptKey,
  combined,
  letterKey,
  mayBecome,
  payoutStates,
  restInReview,
  returnLetterKey,
  stateAfter,
  type PayoutState,
} from './payout';

const DAY_MS = 86_400_000;

/** Repeats the state machine on purpose, so that a mistake in the table is noticed. */
const allowed: [PayoutState, PayoutState][] = [
  ['planned', 'transferring'],
  ['transferring', 'paid'],
  ['transferring', 'failed'],
  ['transferring', 'unknown'],
  ['unknown', 'paid'],
  ['unknown', 'failed'],
  ['unknown', 'planned'],
  ['unknown', 'needs_review'],
  ['needs_review', 'paid'],
  ['needs_review', 'failed'],
  ['failed', 'planned'],
  ['failed', 'cancelled'],
  ['paid', 'returned'],
];

const pairs = payoutStates.flatMap((from) => payoutStates.map((to) => [from, to] as const));

describe('payout states', () => {
  it.each(pairs)('%s → %s: allowed only when the table says so', (from, to) => {
    const expected = allowed.some((pair) => pair[0] === from && pair[1] === to);
    expect(mayBecome(from, to)).toBe(expected);
  });

  it('a paid payout can never be transferred again', () => {
    const reachable = new Set<PayoutState>(['paid']);
    for (const from of reachable) {
      for (const to of payoutStates) if (mayBecome(from, to)) reachable.add(to);
    }
    expect([...reachable]).toEqual(['paid', 'returned']);
  });
});

describe('what a verdict makes of a payout', () => {
  it.each([
    ['succeeded', 'paid'],
    ['refused', 'failed'],
    ['never-arrived', 'planned'],
    ['held', 'planned'],
    ['unclear', 'unknown'],
    ['unanswered', 'unknown'],
    ['nonsense', 'needs_review'],
  ] as const)('%s → %s', (verdict, state) => {
    expect(stateAfter(verdict, 0)).toBe(state);
  });

  it('no clear answer for a day: somebody has to look', () => {
    expect(stateAfter('unclear', DAY_MS - 1)).toBe('unknown');
    expect(stateAfter('unclear', DAY_MS)).toBe('needs_review');
  });

  it('an operator may take days, also while Payment does not answer', () => {
    expect(stateAfter('waiting', DAY_MS)).toBe('unknown');
    expect(stateAfter('unanswered', DAY_MS, true)).toBe('unknown');
    expect(stateAfter('unclear', DAY_MS, true)).toBe('unknown');
    expect(stateAfter('nonsense', DAY_MS, true)).toBe('needs_review');
  });

  it('a clear answer after a day still counts', () => {
    expect(stateAfter('succeeded', DAY_MS)).toBe('paid');
    expect(stateAfter('never-arrived', DAY_MS)).toBe('planned');
  });
});

describe('two verdicts about one attempt', () => {
  const succeeded = { verdict: 'succeeded', bankReference: 'B-1' } as const;
  const refused = { verdict: 'refused', bankReference: null, reason: 'no' } as const;
  const unclear = { verdict: 'unclear', reason: 'under way' } as const;
  const unknown = { verdict: 'never-arrived' } as const;

  it.each([
    [succeeded, unclear, succeeded],
    [unclear, succeeded, succeeded],
    [refused, unknown, refused],
    [unknown, refused, refused],
    [unclear, unknown, unknown],
    [succeeded, succeeded, succeeded],
  ])('%j and %j', (earlier, later, expected) => {
    expect(combined(earlier, later)).toEqual(expected);
  });

  it('that contradict each other are nonsense', () => {
    expect(combined(succeeded, refused)).toMatchObject({ verdict: 'nonsense' });
    expect(combined(refused, succeeded)).toMatchObject({ verdict: 'nonsense' });
  });
});

it('a payout in review rests longer and longer, up to an hour', () => {
  expect(restInReview(0)).toBe(2_000);
  expect(restInReview(1_800_000)).toBe(1_800_000);
  expect(restInReview(DAY_MS)).toBe(3_600_000);
});

describe('keys', () => {
  const payoutId = '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e';

  it('the same attempt always has the same key, another attempt another', () => {
    expect(attemptKey(payoutId, 1)).toBe(attemptKey(payoutId, 1));
    expect(attemptKey(payoutId, 1)).not.toBe(attemptKey(payoutId, 2));
  });

  it('letters and transfers share no key', () => {
    const keys = [letterKey(payoutId, 1), returnLetterKey(payoutId), attemptKey(payoutId, 1)];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
