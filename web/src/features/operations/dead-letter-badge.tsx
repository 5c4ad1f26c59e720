import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import classes from './operations.module.css';
import { openDeadLetters, useStatus } from './queries';

/** How many dead letters are open, for the menu of those who look after operations. */
export function DeadLetterBadge() {
  return useMay('operations.manage') ? <Badge /> : null;
}

function Badge() {
  const { t } = useTranslation();
  const { data: status } = useStatus();
  const counts = status?.services.map(({ service }) => openDeadLetters(status, service) ?? 0) ?? [];
  const count = counts.reduce((all, open) => all + open, 0);
  if (count === 0) return null;
  return (
    <span className={classes['badge']}>
      <span aria-hidden>{count}</span>
      <span className="visually-hidden">{t('badges.deadLetters', { count })}</span>
    </span>
  );
}
