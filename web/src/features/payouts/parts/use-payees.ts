import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import type { Payout } from '../queries';

/** Returns the name of a payee; the company's payouts are nobody's. */
export function usePayees(payouts: readonly Payout[]): (payout: Payout) => string {
  const { t } = useTranslation('payouts');
  const nameOf = usePeople(payouts.map(({ userId }) => userId));
  return ({ userId }) => (userId === null ? t('list.company') : nameOf(userId));
}
