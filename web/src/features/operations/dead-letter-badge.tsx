import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/badge';
import { openDeadLetters, useStatus } from './queries';

/** Badge of the menu: how many dead letters are open. */
export function DeadLetterBadge() {
  const { t } = useTranslation();
  const { data: status } = useStatus();
  const counts = status?.services.map(({ service }) => openDeadLetters(status, service) ?? 0) ?? [];
  const count = counts.reduce((all, open) => all + open, 0);
  return count > 0 && <Badge count={count} words={t('badges.deadLetters', { count })} />;
}
