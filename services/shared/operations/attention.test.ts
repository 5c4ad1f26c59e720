import { serviceStatus, type ServiceStatus } from '../contracts/calls/operations';
import { attentionOf } from './attention';

const NOW = new Date('2026-03-02T15:05:00.000Z');
const HOURS_AGO = '2026-03-02T11:00:00.000Z';
const fine = serviceStatus('account').example.response;
const [invariant] = fine.invariants;
const [result] = fine.reconciliations;

const found = (changes: Partial<ServiceStatus>): string[] =>
  attentionOf({ ...fine, ...changes }, NOW);

describe('attention', () => {
  it('is needed by nothing when all is well', () => {
    expect(found({})).toEqual([]);
    const nothing = { outbox: null, deadLetters: null, letters: null, payouts: null };
    expect(found({ ...nothing, clockOffsetMs: null, reconciliations: [] })).toEqual([]);
  });

  it.each<[string, Partial<ServiceStatus>]>([
    ['clock-off', { clockOffsetMs: -3_001 }],
    ['outbox-stuck', { outbox: { pending: 1, oldestSeconds: 121 } }],
    ['dead-letters', { deadLetters: { open: 1 } }],
    ['letters-given-up', { letters: { due: 0, oldestSeconds: 0, givenUp: 1 } }],
    ['letters-waiting', { letters: { due: 1, oldestSeconds: 1_801, givenUp: 0 } }],
    ['money-unexplained', { invariants: [{ ...invariant!, faults: 1 }] }],
    ['money-unchecked', { invariants: [{ ...invariant!, faults: null }] }],
    ['money-unchecked', { invariants: [{ ...invariant!, provenAt: HOURS_AGO }] }],
    ['money-unchecked', { invariants: [{ ...invariant!, provenAt: null }] }],
    ['payouts-for-a-person', { payouts: { failed: 1 } }],
    ['payouts-for-a-person', { payouts: { needs_review: 1 } }],
    ['bank-contradicts', { bankTransfers: { inProgress: 1, flagged: 1 } }],
    ['reconciliation-missing', { reconciliations: [{ ...result!, missing: 1 }] }],
    ['reconciliation-overdue', { reconciliations: [{ ...result!, lastSuccessAt: HOURS_AGO }] }],
    ['reconciliation-overdue', { reconciliations: [{ ...result!, lastSuccessAt: null }] }],
  ])('%s', (name, changes) => {
    expect(found(changes)).toEqual([name]);
  });

  it('is not needed for what waits for nobody', () => {
    expect(found({ payouts: { planned: 5, paid: 1 } })).toEqual([]);
    expect(found({ bankTransfers: { inProgress: 3, flagged: 0 } })).toEqual([]);
    expect(found({ outbox: { pending: 10_000, oldestSeconds: 2 } })).toEqual([]);
  });
});
