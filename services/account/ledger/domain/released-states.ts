/** States of a payout whose amount is owed again: a closing does not count it as committed. */
export const releasedStates: readonly string[] = ['cancelled', 'returned'];
