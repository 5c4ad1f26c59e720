import type { RangeDigest } from '../contracts/calls/published-events';

/** Span of time of ids (uuid version 7), in ms since 1970: from inclusive, to exclusive. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * SQL of count and hash per range of time, over a query with a column `id` of time-ordered uuids.
 * The hash is a sum, so that it does not depend on the order and the digests of several sources
 * add up. `width` is the parameter with the width of a range in ms.
 */
export function digestsSql(ids: string, width: string): string {
  return `
SELECT (ms / ${width}::bigint * ${width}::bigint)::float8 AS "startMs", count(*)::integer AS count,
  sum(piece)::text AS hash
FROM (
  SELECT ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint AS ms,
    ('x' || left(md5(id::text), 16))::bit(64)::bigint AS piece
  FROM (${ids}) AS ids) AS pieces
GROUP BY 1 ORDER BY 1`;
}

/** Digest of a range: count and sum of hashes. */
interface Digest {
  count: number;
  hash: bigint;
}

/** Adds up digests of several sources, by the start of their range. */
export function addDigests(answers: readonly (readonly RangeDigest[])[]): Map<number, Digest> {
  const sums = new Map<number, Digest>();
  for (const { startMs, count, hash } of answers.flat()) {
    const sum = sums.get(startMs) ?? { count: 0, hash: 0n };
    sums.set(startMs, { count: sum.count + count, hash: sum.hash + BigInt(hash) });
  }
  return sums;
}

/**
 * Returns the starts of the ranges of theirs whose digests differ from ours, in the order of time.
 * Ranges that only we have lack nothing: they are from before what the others keep.
 */
export function differingRanges(
  ours: readonly RangeDigest[],
  theirs: readonly (readonly RangeDigest[])[],
): number[] {
  const own = addDigests([ours]);
  return [...addDigests(theirs)]
    .filter(([startMs, { count, hash }]) => {
      const mine = own.get(startMs);
      return mine?.count !== count || mine.hash !== hash;
    })
    .map(([startMs]) => startMs)
    .sort((a, b) => a - b);
}
