import { z } from 'zod';

/** Page size of a list: the default, and the largest a client may ask for. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

const MAX_CURSOR = 500;

/** `limit` and `cursor` of every list. The cursor is opaque: `next` of the previous page. */
export const pageQuery = {
  cursor: z.string().max(MAX_CURSOR).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(MAX_PAGE))
    .default(DEFAULT_PAGE)
    .meta({ type: 'integer', minimum: 1, maximum: MAX_PAGE }),
};

const MAX_SEVERAL = 20;

/** Returns the schema of a query parameter that may be repeated: `state=failed&state=unknown`. */
export const severalOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(item).min(1).max(MAX_SEVERAL),
  );

/** Returns the schema of a page: its items, and the cursor of the next page or null. */
export const pageOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable() });
