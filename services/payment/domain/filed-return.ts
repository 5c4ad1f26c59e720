import { conflict } from '../../shared/kernel/errors';
import { enumerate, meant } from './file-verdict';

export const filedTransferStates = ['waiting', 'succeeded', 'refused', 'returned'] as const;

/** What became of a transfer of a file; `returned` is a succeeded one whose money came back. */
export type FiledTransferState = (typeof filedTransferStates)[number];

/**
 * Returns those of the named transfers that are not returned yet. Throws 400 for transfers that
 * the file does not hold, 409 `not-executed` for those that the bank did not execute.
 */
export function newReturns<Filed extends { key: string; state: FiledTransferState }>(
  transfers: readonly Filed[],
  names: readonly string[],
): readonly Filed[] {
  const named = meant(transfers, names);
  const wrong = named.filter(({ state }) => state === 'waiting' || state === 'refused');
  if (wrong.length > 0) {
    const detail = `The bank did not execute ${enumerate(wrong.map(({ key }) => key))}`;
    throw conflict('not-executed', 'Only executed transfers can be returned', detail);
  }
  return named.filter(({ state }) => state === 'succeeded');
}
