/** Retention of former addresses, which also get letters about a beak shape. */
export const FORMER_FOR = '30 days';

/** Retention of settled changes of beak shapes; the audit log keeps them for good. */
export const SETTLED_FOR = '30 days';
