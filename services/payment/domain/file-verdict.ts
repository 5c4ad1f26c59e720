import { badRequest, conflict } from '../../shared/kernel/errors';

const NAMED_IN_AN_ERROR = 10;

/** Outcome of one transfer of a payment file, as an operator or the bank tells it. */
export type FileVerdict = {
  key: string;
  /** False when the verdict is on the file as a whole: it then holds for what still waits. */
  isNamed: boolean;
} & (
  | { outcome: 'succeeded'; bankReference: string }
  | { outcome: 'refused'; bankReference: string | null; reason: string }
);

/** Transfer of a payment file, as it is recorded. */
export interface FiledState {
  key: string;
  reference: string;
  amountCents: bigint;
  state: string;
}

/**
 * Returns the verdicts that change something. A repeated verdict changes nothing. Throws 409
 * `transfer-settled` when a named transfer has the opposite outcome, or when all transfers of a
 * verdict on the whole file have.
 */
export function newVerdicts(
  verdicts: readonly FileVerdict[],
  transfers: readonly FiledState[],
): FileVerdict[] {
  const stateOf = new Map(transfers.map(({ key, state }) => [key, state]));
  const fits = ({ key, outcome }: FileVerdict): boolean =>
    [outcome, 'in_progress'].includes(stateOf.get(key)!);
  const whole = verdicts.filter(({ isNamed }) => !isNamed);
  const isWholeWrong = whole.length > 0 && !whole.some(fits);
  const wrong = verdicts.filter((one) => !fits(one) && (one.isNamed || isWholeWrong));
  if (wrong.length > 0) {
    const detail = `The opposite is recorded of ${enumerate(wrong.map(({ key }) => key))}`;
    throw conflict('transfer-settled', 'This contradicts what is settled already', detail);
  }
  return verdicts.filter(({ key }) => stateOf.get(key) === 'in_progress');
}

/** Throws 400 that names the transfers which are not in the file. */
export function demandInFile(ids: readonly string[], known: ReadonlySet<string>): void {
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw badRequest(`The file does not hold ${enumerate(unknown)}`);
}

/**
 * Returns the transfers that an operator means: the named ones, or all without names. Throws 400
 * that names those which are not in the file.
 */
export function meant<Filed extends { key: string }>(
  transfers: readonly Filed[],
  names: readonly string[] | null,
): readonly Filed[] {
  if (names === null) return transfers;
  demandInFile(names, new Set(transfers.map(({ key }) => key)));
  const wanted = new Set(names);
  return transfers.filter(({ key }) => wanted.has(key));
}

/** Lists ids for people: the first few, and how many there are. */
export function enumerate(ids: readonly string[]): string {
  const shown = ids.slice(0, NAMED_IN_AN_ERROR).join(', ');
  const hidden = ids.length - NAMED_IN_AN_ERROR;
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}
