/** The company's side of every fee and reward. */
export const MANAGEMENT_ACCOUNT_ID = '00000000-0000-7000-8000-000000000001';

/** Where paid out money leaves the books: its balance is what the bank has transferred. */
export const BANK_CLEARING_ACCOUNT_ID = '00000000-0000-7000-8000-000000000002';
