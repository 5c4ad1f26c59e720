/** Returns the present moment. Passed in wherever time decides something, so tests can set it. */
export type Clock = () => Date;

/** The clock of the machine. */
export const systemClock: Clock = () => new Date();
