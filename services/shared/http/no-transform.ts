const NO_TRANSFORM = 'no-transform';

/**
 * `Cache-Control` of an answer with an ETag: whoever compresses an answer on its way makes its
 * strong tag a weak one, which `If-Match` never matches (RFC 9110, sections 8.8.3 and 13.1.1).
 */
export function noTransform(cacheControl: string): string {
  const isSaid = cacheControl.toLowerCase().includes(NO_TRANSFORM);
  return isSaid ? cacheControl : `${cacheControl}, ${NO_TRANSFORM}`;
}

/** Answers are about one person, unless a route says otherwise. */
export const NO_STORE = 'no-store';
