/**
 * Returns an SQL condition: the text behind this `search_key` contains `piece`, a parameter that is
 * taken literally, without wildcards. Board's migration `0002-search-tasks.ts` creates the
 * functions.
 */
export function hasPiece(key: string, piece: string): string {
  const wanted = `search_key(${piece}::text)`;
  return `(search_grams(${key}) @> search_grams(${wanted}) AND strpos(${key}, ${wanted}) > 0)`;
}
