import { $api } from '../../../api/client';
import { useMay } from '../../../api/session';
import type { Payout } from '../queries';

const SHOWN = 4;
const MASK = '•••• ';

/** Returns the end of a bank account number, as statements and letters show it. */
export function maskedAccount(bankAccount: string): string {
  return MASK + bankAccount.slice(-SHOWN);
}

/** Where a payout would go now, as far as the viewer may know. */
export interface Destination {
  /** Masked number; null for none, undefined while it is not known, or may not be. */
  bankAccount: string | null | undefined;
  heldBecause: string | null;
}

/** Returns the bank account that a retry of this payout would use. */
export function useAccountOf({ userId }: Payout, isEnabled: boolean): Destination {
  const isSeen = useMay('accounting.view-all') && isEnabled;
  const params = { path: { userId: userId ?? '' } };
  const person = $api.useQuery(
    'get',
    '/api/v1/accounts/{userId}',
    { params },
    { enabled: isSeen && userId !== null },
  );
  const company = $api.useQuery(
    'get',
    '/api/v1/accounts/company',
    {},
    { enabled: isSeen && userId === null },
  );
  const account = userId === null ? company.data : person.data;
  return {
    bankAccount: account?.bankAccount && maskedAccount(account.bankAccount),
    heldBecause: person.data?.payoutsHeld?.reason ?? null,
  };
}
