/** Length of the substrings that the index holds; a shorter query scans every text. */
const GRAM = 3;

/**
 * SQL for the first migration that needs it: case-insensitive substring search that also ignores
 * ways to write a letter. Does not depend on the server's locale, as `ILIKE` and the trigrams of
 * `pg_trgm` do: with locale C those know ASCII letters only.
 *
 * - `search_key(text)`: compatibility forms composed (NFKC), upper case by ICU's root locale. Lower
 *   case would depend on the next letter: a sigma at the end.
 * - `search_grams(text)`: every substring of three characters, for a GIN index. Costs more than
 *   `strpos`: without the index, the planner calls it last.
 */
export const CREATE_SEARCH = `
CREATE FUNCTION search_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(upper(normalize(value, NFKC) COLLATE "und-x-icu"), NFKC)
$$;

CREATE FUNCTION search_grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(substr(value, place, ${GRAM})), '{}')
  FROM generate_series(1, char_length(value) - ${GRAM - 1}) AS place
$$`;

/** Returns SQL of the index for `hasPiece`; `key` is a column that holds a `search_key`. */
export function searchIndex(name: string, table: string, key: string): string {
  return `CREATE INDEX ${name} ON ${table} USING gin (search_grams(${key}))`;
}

/**
 * Returns an SQL condition: the text behind this `search_key` contains `piece`, a parameter that is
 * taken literally, without wildcards.
 */
export function hasPiece(key: string, piece: string): string {
  const wanted = `search_key(${piece}::text)`;
  return `(search_grams(${key}) @> search_grams(${wanted}) AND strpos(${key}, ${wanted}) > 0)`;
}
