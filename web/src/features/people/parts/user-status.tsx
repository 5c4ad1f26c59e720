import { useTranslation } from 'react-i18next';
import type { SeenUser } from '../../../shared/user/queries';
import { Moment } from '../../../ui/moment';
import classes from '../people.module.css';

/** Status in a word; since when somebody is inactive, and which step is missing. */
export function UserStatus({ user }: { user: SeenUser }) {
  const { t } = useTranslation('people');
  const { status, awaitsApproval, activation, createdAt } = user;
  if (status === 'active') return <span className={classes['good']}>✓ {t('status.active')}</span>;
  if (status === 'deactivated') {
    return <span className={classes['failed']}>✕ {t('status.deactivated')}</span>;
  }
  return (
    <span>
      <span className={classes['waiting']}>
        … {awaitsApproval ? t('status.awaits') : t('status.inactive')}
      </span>
      {' · '}
      {t('status.registered')} <Moment at={createdAt} />
      {!activation.credentialsSet && ` · ${t('status.noShape')}`}
      {!activation.accountOpened && ` · ${t('status.noAccount')}`}
    </span>
  );
}
