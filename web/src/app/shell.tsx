import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { Skeletons } from '../ui/skeletons';
import { Toasts } from '../ui/toasts';
import { useIdle } from '../ui/use-idle';
import { Boundary } from './boundary';
import { DayClock } from './day-clock';
import { LiveProvider } from './live-context';
import { LiveDot } from './live-dot';
import { Menu } from './menu';
import classes from './shell.module.css';

const ROWS = 8;
/** Not needed for the first paint. */
const AccountMenu = lazy(async () => ({
  default: (await import('./account-menu')).AccountMenu,
}));
const Finder = lazy(async () => ({ default: (await import('./finder')).Finder }));
const LoginAgain = lazy(async () => ({ default: (await import('./login-again')).LoginAgain }));

/** Header, menu and the page, for signed-in people. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isIdle = useIdle();
  return (
    <LiveProvider>
      <div className={classes['shell']}>
        <a className={classes['skip']} href="#content">
          {t('skip')}
        </a>
        <header className={classes['header']}>
          <NavLink to="/" className={classes['brand']}>
            {t('product')}
          </NavLink>
          <span className={classes['right']}>
            {isIdle && (
              <Suspense fallback={null}>
                <Finder />
              </Suspense>
            )}
            <DayClock />
            <LiveDot />
            {isIdle && (
              <Suspense fallback={null}>
                <AccountMenu />
              </Suspense>
            )}
          </span>
        </header>
        <Menu isIdle={isIdle} />
        <main id="content" className={classes['main']} tabIndex={-1}>
          <Boundary resetKey={pathname}>
            <Suspense fallback={<Skeletons rows={ROWS} />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
        {isIdle && (
          <Suspense fallback={null}>
            <Toasts />
            <LoginAgain />
          </Suspense>
        )}
      </div>
    </LiveProvider>
  );
}
