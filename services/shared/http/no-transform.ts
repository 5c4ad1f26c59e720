const NO_TRANSFORM = 'no-transform';

/**
 * Adds `no-transform` to the `Cache-Control` of an answer with an ETag: a proxy that compresses
 * makes a strong ETag weak, and `If-Match` matches no weak one (RFC 9110, sections 8.8.3 and
 * 13.1.1).
 */
export function noTransform(cacheControl: string): string {
  const isSaid = cacheControl.toLowerCase().includes(NO_TRANSFORM);
  return isSaid ? cacheControl : `${cacheControl}, ${NO_TRANSFORM}`;
}

/** Default `Cache-Control`: an answer is about one person unless its route says otherwise. */
export const NO_STORE = 'no-store';
