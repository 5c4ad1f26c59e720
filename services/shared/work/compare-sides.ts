import { MAX_RANGES, type ComparedRow, type RowsDigest } from '../contracts/calls/compared-rows';
import type { Database } from '../db/data-source';
import { boundsOf, digestRows, listRows, type RowsSql } from '../db/compared-rows';

/** The other side of a comparison, at a neighbour. */
export interface OtherSide {
  digests(bounds: string[]): Promise<RowsDigest[]>;
  rows(from: string, to: string): Promise<ComparedRow[]>;
}

/** A comparison of our rows with a neighbour's. */
export interface Sides {
  database: Database;
  ours: RowsSql;
  theirs: OtherSide;
  /** Rows per range; by default a thousand. */
  perRange?: number | undefined;
}

/** What is younger may still be on its way: events, retries and asking the bank take minutes. */
const SETTLED_AFTER_MS = 600_000;
/** Differences that a run names; with so many the rest tells nothing more. */
const MAX_FOUND = 1_000;

/**
 * Compares all rows of both sides, by ranges of about equal size first. Returns the keys of rows
 * that one side lacks or has with another content, at most `MAX_FOUND`. Throws 503 when the
 * neighbour is away.
 */
export async function compareSides(sides: Sides, now: Date): Promise<string[]> {
  const { database, ours, theirs, perRange } = sides;
  const bounds = await boundsOf(database, ours, perRange);
  const found: string[] = [];
  for (let first = 0; first < bounds.length - 1; first += MAX_RANGES) {
    const part = bounds.slice(first, first + MAX_RANGES + 1);
    const [own, other] = await Promise.all([
      digestRows(database, ours, part),
      theirs.digests(part),
    ]);
    for (const [index, digest] of own.entries()) {
      const [from, to] = [part[index]!, part[index + 1]!];
      if (digest.count === other[index]?.count && digest.hash === other[index].hash) continue;
      const rows = await Promise.all([listRows(database, ours, from, to), theirs.rows(from, to)]);
      found.push(...differencesOf(...rows, now));
      if (found.length >= MAX_FOUND) return found.slice(0, MAX_FOUND);
    }
  }
  return found;
}

/** Returns the keys of settled rows that differ. */
function differencesOf(
  ours: readonly ComparedRow[],
  theirs: readonly ComparedRow[],
  now: Date,
): string[] {
  const isSettled = ({ at }: ComparedRow): boolean =>
    now.getTime() - Date.parse(at) >= SETTLED_AFTER_MS;
  const [own, other] = [byKey(ours), byKey(theirs)];
  return [...new Set([...own.keys(), ...other.keys()])].filter((key) => {
    const [mine, its] = [own.get(key), other.get(key)];
    return mine?.content !== its?.content && [mine, its].every((row) => !row || isSettled(row));
  });
}

function byKey(rows: readonly ComparedRow[]): Map<string, ComparedRow> {
  return new Map(rows.map((row) => [row.key, row]));
}
