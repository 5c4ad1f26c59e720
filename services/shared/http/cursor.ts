import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { badRequest } from '../kernel/errors';
import { parseJson } from '../kernel/json';

/** Encodes the place after the last item of a page as an opaque cursor. */
export function encodeCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Decodes and validates a cursor; null without one. Throws 400 for a forged cursor. */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  const place = schema.safeParse(parse(cursor));
  if (!place.success) throw badRequest('The cursor is not one of ours', [CURSOR_FAULT]);
  return place.data;
}

const CURSOR_FAULT = {
  pointer: '/query/cursor',
  detail: 'take it from the page before',
  code: 'foreign-cursor',
};

/** Returns undefined for what `encodeCursor` never writes: one place has one spelling. */
function parse(cursor: string): unknown {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor || !isUtf8(bytes)) return undefined;
  return parseJson(bytes.toString('utf8'));
}

/** Makes a page of `limit + 1` rows; the extra row only says that there is a next page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  placeOf: (row: Row) => object,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(present), next: hasMore ? encodeCursor(placeOf(last)) : null };
}
