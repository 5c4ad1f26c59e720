import type { ServiceStatus } from '../contracts/calls/operations';
import { isClockRight } from '../db/database-clock';

/** Limits as in the alerts. */
const OUTBOX_OLDEST_SECONDS = 120;
const LETTER_OLDEST_SECONDS = 1_800;
const PROOF_OVERDUE_MS = 600_000;
const COMPARISON_OVERDUE_MS = 7_200_000;

/** States of payouts that wait for a person. */
const FOR_A_PERSON = ['failed', 'needs_review'];

type Facts = Omit<ServiceStatus, 'attention'>;

const isOlder = (at: string | null, ageMs: number, now: Date): boolean =>
  at === null || now.getTime() - Date.parse(at) > ageMs;

/** Returns what a person must look at, as stable ids; empty when the service is alright. */
export function attentionOf(facts: Facts, now: Date): string[] {
  const { outbox, deadLetters, letters, invariants, payouts, bankTransfers } = facts;
  const isTrue: Record<string, boolean> = {
    'clock-off': facts.clockOffsetMs !== null && !isClockRight(facts.clockOffsetMs),
    'outbox-stuck': (outbox?.oldestSeconds ?? 0) > OUTBOX_OLDEST_SECONDS,
    'dead-letters': (deadLetters?.open ?? 0) > 0,
    'letters-given-up': (letters?.givenUp ?? 0) > 0,
    'letters-waiting': (letters?.oldestSeconds ?? 0) > LETTER_OLDEST_SECONDS,
    'money-unexplained': invariants.some(({ faults }) => (faults ?? 0) > 0),
    'money-unchecked': invariants.some(
      ({ faults, provenAt }) =>
        faults === null || (faults === 0 && isOlder(provenAt, PROOF_OVERDUE_MS, now)),
    ),
    'payouts-for-a-person': FOR_A_PERSON.some((state) => (payouts?.[state] ?? 0) > 0),
    'bank-contradicts': (bankTransfers?.flagged ?? 0) > 0,
    'reconciliation-missing': facts.reconciliations.some(({ missing }) => missing > 0),
    'reconciliation-overdue': facts.reconciliations.some(
      ({ lastRunAt, lastSuccessAt }) =>
        lastRunAt !== null && isOlder(lastSuccessAt, COMPARISON_OVERDUE_MS, now),
    ),
  };
  return Object.keys(isTrue).filter((name) => isTrue[name]);
}
