/** Characters of a piece by which the index finds texts; a shorter query looks at every text. */
const GRAM = 3;

/**
 * SQL for the first migration that needs it: what makes a search without case and without ways
 * to write a letter, and what the index keeps. Neither depends on the locale of the server, as
 * `ILIKE` and the trigrams of `pg_trgm` do: with locale C those know ASCII letters only.
 *
 * - `search_key(text)`: compatibility forms composed (NFKC), upper case by the root locale of
 *   ICU. Upper case, because lower case depends on what follows a letter: a sigma at the end.
 * - `search_grams(text)`: each piece of three characters, for a GIN index. It costs more than a
 *   look into the text: the planner asks it last, where it may not use the index.
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

/** SQL of an index for `hasPiece`; `key` is a column that holds a `search_key`. */
export function searchIndex(name: string, table: string, key: string): string {
  return `CREATE INDEX ${name} ON ${table} USING gin (search_grams(${key}))`;
}

/**
 * SQL condition: the text behind this `search_key` contains the piece, a parameter that is
 * taken to the letter: there are no wildcards.
 */
export function hasPiece(key: string, piece: string): string {
  const wanted = `search_key(${piece}::text)`;
  return `(search_grams(${key}) @> search_grams(${wanted}) AND strpos(${key}, ${wanted}) > 0)`;
}
