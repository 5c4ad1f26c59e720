/** Letters about a beak shape go to the addresses of this long before, too. */
export const FORMER_FOR = '30 days';

/** Whoever asks what became of a change finds it for so long; the audit log keeps it for good. */
export const SETTLED_FOR = '30 days';
