/** Tells the present moment. Passed in wherever time decides something, so tests can set it. */
export type Clock = () => Date;

/** The machine's clock. */
export const systemClock: Clock = () => new Date();
