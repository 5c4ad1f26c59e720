/**
 * SQL list of the kinds of transfers that are earnings, for `kind IN`. Payouts and returns move
 * earned money to and from the bank: they earn nothing.
 */
export const EARNED_KINDS = `('fee', 'reward', 'reversal')`;
