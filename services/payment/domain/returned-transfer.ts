import { doubledDelay } from '../../shared/kernel/delays';
import { isUuid } from '../../shared/kernel/ids';

/** Transfer that a line of a statement of returns names. */
export interface NamedTransfer {
  state: string;
  rail: string;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
  bankReference: string | null;
  /** Place of the line that returned it; null while it is not returned. */
  returnedBy: bigint | null;
}

/** Line of a statement of returns. */
export interface NamedReturn {
  position: bigint;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
  bankReference: string;
}

/**
 * What a line means: `returned` is to be recorded, `known` was recorded, `early` and `nonsense` are
 * read again later, because the transfer may settle, and the bank may mend its answer.
 */
export type Match =
  | { kind: 'returned' }
  | { kind: 'known' }
  | { kind: 'early'; why: string }
  | { kind: 'nonsense'; why: string };

/** Compares a line of the rail's statement with the transfer that it names, null without one. */
export function matchReturn(line: NamedReturn, rail: string, of: NamedTransfer | null): Match {
  if (of?.rail !== rail) return { kind: 'nonsense', why: 'no transfer has this reference' };
  const differs = (['amountCents', 'currency', 'bankAccount'] as const).find(
    (field) => line[field] !== of[field],
  );
  if (differs !== undefined) return { kind: 'nonsense', why: `another ${differs} than ordered` };
  if (of.state === 'in_progress') return { kind: 'early', why: 'the transfer is not settled yet' };
  if (of.state !== 'succeeded') return { kind: 'nonsense', why: `the transfer is ${of.state}` };
  if (line.bankReference !== of.bankReference) {
    return { kind: 'nonsense', why: 'another bank reference than the executed one' };
  }
  if (of.returnedBy === null) return { kind: 'returned' };
  if (of.returnedBy === line.position) return { kind: 'known' };
  return { kind: 'nonsense', why: 'the transfer was returned before' };
}

const WITHOUT_DASHES = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Returns the key of a reference at the bank; null for a reference that is none of ours. */
export function keyOf(reference: string): string | null {
  const key = reference.replace(WITHOUT_DASHES, '$1-$2-$3-$4-$5');
  return isUuid(key) ? key : null;
}

const READ_AGAIN_MS = { first: 10_000, longest: 3_600_000 };

/** Returns the delay before an unmatched line is read again: doubles up to an hour. */
export function readAgainInMs(tries: number): number {
  return doubledDelay(tries, READ_AGAIN_MS);
}
