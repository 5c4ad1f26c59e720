import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import classes from './access.module.css';
import { DemoLogins } from './demo-logins';
import { LogInForm } from './log-in-form';
import { useLogIn } from './use-log-in';

/** An address of this application that was asked for before; anything else is not followed. */
function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : addresses.home;
}

/** What a page may say of whoever is led here. */
interface Sent {
  login?: string;
  isShapeChanged?: boolean;
}

/** Logs in with nickname, email or id, and the beak shape. */
export function LogInPage() {
  const { t } = useTranslation('access');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const { login = '', isShapeChanged = false } = (useLocation().state ?? {}) as Sent;
  const settings = useSettings().data;
  const logIn = useLogIn(() => void navigate(safeNext(search.get('next')), { replace: true }));
  return (
    <main className={classes['page']}>
      <h1>{t('logIn.title')}</h1>
      {isShapeChanged && <p role="status">✓ {t('logIn.shapeChanged')}</p>}
      <LogInForm logIn={logIn} login={login} />
      {settings?.signUpEnabled && (
        <p>
          {t('logIn.noAccount')} <Link to={addresses.signUp}>{t('logIn.signUp')}</Link>
        </p>
      )}
      {settings?.demoLogins && (
        <DemoLogins logins={settings.demoLogins} isBusy={logIn.isBusy} onChoose={logIn.send} />
      )}
      <p className="quiet">{t('logIn.forgotten')}</p>
    </main>
  );
}
