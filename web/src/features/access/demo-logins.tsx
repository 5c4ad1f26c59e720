import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../api/session';
import classes from './access.module.css';

type Login = NonNullable<Settings['demoLogins']>[number];

/** Logins of the demo company, one press each; only the local start gives them. */
export function DemoLogins({
  logins,
  isBusy,
  onChoose,
}: {
  logins: readonly Login[];
  isBusy: boolean;
  onChoose: (login: { login: string; beakShape: string }) => void;
}) {
  const { t } = useTranslation('access');
  return (
    <section aria-labelledby="demo">
      <h2 id="demo">{t('logIn.demo')}</h2>
      <div className={classes['demo']}>
        {logins.map(({ role, login, beakShape }) => (
          <Button
            key={login}
            variant="default"
            disabled={isBusy}
            onClick={() => onChoose({ login, beakShape })}
          >
            {login} · {t(`logIn.demoRole.${role}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
