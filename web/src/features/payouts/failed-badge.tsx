import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/badge';
import { usePayoutCounts } from './queries';

const EVERYTHING = { day: null, person: null };

/** Badge of the menu: how many payouts have failed. */
export function FailedBadge() {
  const { t } = useTranslation();
  const count = usePayoutCounts(EVERYTHING).data?.failed ?? 0;
  return count > 0 && <Badge count={count} words={t('badges.failedPayouts', { count })} />;
}
