/** Id of the management's account: the other side of every fee and reward. */
export const MANAGEMENT_ACCOUNT_ID = '00000000-0000-7000-8000-000000000001';

/**
 * Id of the bank clearing account: credited by each payout, so its balance is the sum of paid
 * payouts.
 */
export const BANK_CLEARING_ACCOUNT_ID = '00000000-0000-7000-8000-000000000002';
