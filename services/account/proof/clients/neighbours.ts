import {
  assignmentDigests,
  assignmentRows,
  bankTransferDigests,
  bankTransferRows,
  finishedTaskDigests,
  finishedTaskRows,
  type ComparedRow,
  type RowsDigest,
} from '../../../shared/contracts/calls/compared-rows';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/** Rows of a neighbour, asked by range of keys. Its methods throw 503 when it is away. */
interface NeighbourRows {
  digests(bounds: string[]): Promise<RowsDigest[]>;
  rows(from: string, to: string): Promise<ComparedRow[]>;
}

function asking(
  sidecar: Sidecar,
  digests: typeof assignmentDigests,
  rows: typeof assignmentRows,
): NeighbourRows {
  return {
    digests: async (bounds) => (await call(sidecar, digests, { body: { bounds } })).digests,
    rows: async (from, to) => (await call(sidecar, rows, { body: { from, to } })).rows,
  };
}

/** Board's assignments with a fee. */
export const assignmentsOf = (sidecar: Sidecar): NeighbourRows =>
  asking(sidecar, assignmentDigests, assignmentRows);

/** Board's finished tasks with a reward. */
export const finishedTasksOf = (sidecar: Sidecar): NeighbourRows =>
  asking(sidecar, finishedTaskDigests, finishedTaskRows);

/** Payment's successful bank transfers. */
export const bankTransfersOf = (sidecar: Sidecar): NeighbourRows =>
  asking(sidecar, bankTransferDigests, bankTransferRows);
