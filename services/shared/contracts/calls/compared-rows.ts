import { z } from 'zod';
import { defineCall, type CallContract } from '../call';
import { moment, uuid } from '../fields';

/** A hundred ranges of a thousand rows are read. */
const TIMEOUT_MS = 8_000;
/** Ranges of one call. */
export const MAX_RANGES = 100;
/** Rows of one answer: a range has about a thousand, more only where one side lacks many. */
export const MAX_ROWS = 2_000;

const digestsRequest = z.strictObject({
  /** Limits of the ranges, ascending: each range begins at one and ends before the next. */
  bounds: z
    .array(uuid)
    .min(2)
    .max(MAX_RANGES + 1),
});

/** Count of a range's rows, and the sum of the first 64 bits of the MD5 of each row's text. */
const rangeDigest = z.object({ count: z.number().int(), hash: z.string().regex(/^-?\d+$/) });
export type RowsDigest = z.infer<typeof rangeDigest>;
const digestsAnswer = z.object({ digests: z.array(rangeDigest) });

const rowsRequest = z.strictObject({ from: uuid, to: uuid });
const row = z.object({
  key: z.string(),
  /** What must be equal on both sides. */
  content: z.string(),
  /** When it became true; what is young may still be on its way to the other side. */
  at: moment,
});
/** Row of one side of a comparison. */
export type ComparedRow = z.infer<typeof row>;
const rowsAnswer = z.object({ rows: z.array(row).max(MAX_ROWS) });

const [low, high] = [
  '00000000-0000-0000-0000-000000000000',
  '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e',
];
const exampleRow = { key: `${low}/1`, content: '1375', at: '2026-03-02T15:00:00.000Z' };

/** Asks for the digests of a neighbour's rows below `path`. */
export const comparedDigests = (
  app: string,
  path: `/${string}`,
): CallContract<z.infer<typeof digestsRequest>, z.infer<typeof digestsAnswer>> =>
  defineCall({
    app,
    method: 'POST',
    path: `${path}/digests`,
    request: digestsRequest,
    response: digestsAnswer,
    example: {
      request: { bounds: [low, high] },
      response: { digests: [{ count: 2, hash: '-42' }] },
    },
    timeoutMs: TIMEOUT_MS,
  });

/** Asks for the rows of a range that differs. */
export const comparedRows = (
  app: string,
  path: `/${string}`,
): CallContract<z.infer<typeof rowsRequest>, z.infer<typeof rowsAnswer>> =>
  defineCall({
    app,
    method: 'POST',
    path: `${path}/rows`,
    request: rowsRequest,
    response: rowsAnswer,
    example: { request: { from: low, to: high }, response: { rows: [exampleRow] } },
    timeoutMs: TIMEOUT_MS,
  });

/** Assignments with a fee, and finished tasks with a reward: Account compares its ledger. */
export const assignmentDigests = comparedDigests('board', '/assignments');
export const assignmentRows = comparedRows('board', '/assignments');
export const finishedTaskDigests = comparedDigests('board', '/finished-tasks');
export const finishedTaskRows = comparedRows('board', '/finished-tasks');
/** Successful bank transfers: Account compares its attempts. */
export const bankTransferDigests = comparedDigests('payment', '/bank-transfers');
export const bankTransferRows = comparedRows('payment', '/bank-transfers');
