import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useMe } from '../api/session';
import { Skeletons } from '../ui/skeletons';
import { Toasts } from '../ui/toasts';
import { Boundary } from './boundary';
import { DayClock } from './day-clock';
import { LiveProvider } from './live-context';
import { LiveDot } from './live-dot';
import { pages, sections, type Page } from './routes';
import classes from './shell.module.css';
import { useIdle } from '../ui/use-idle';

const ROWS = 8;
/** Not needed for the first paint. */
const AccountMenu = lazy(async () => ({
  default: (await import('./account-menu')).AccountMenu,
}));
const LoginAgain = lazy(async () => ({ default: (await import('./login-again')).LoginAgain }));

/** Returns the entries of the menu that the signed-in person sees. */
export function usePages(): readonly (Page & { menu: NonNullable<Page['menu']> })[] {
  const user = useMe();
  return pages.flatMap((page) => {
    const { audience, menu } = page;
    const isSeen =
      audience === 'signed-in' || (audience !== 'anybody' && user?.permissions.includes(audience));
    const isListed = menu !== null && (menu.role === undefined || menu.role === user?.role);
    return isListed && isSeen ? [{ ...page, menu }] : [];
  });
}

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
            <DayClock />
            <LiveDot />
            {isIdle && (
              <Suspense fallback={null}>
                <AccountMenu />
              </Suspense>
            )}
          </span>
        </header>
        <Menu />
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

function Menu() {
  const { t } = useTranslation();
  const entries = usePages();
  return (
    <nav className={classes['menu']} aria-label={t('shell.navigation')}>
      {sections.map((section) => {
        const inside = entries.filter(({ menu }) => menu.section === section);
        return (
          inside.length > 0 && (
            <div key={section} className={classes['section']}>
              <span className={classes['sectionName']}>{t(`sections.${section}`)}</span>
              <ul>
                {inside.map(({ address, title, menu: { icon: Icon }, load }) => (
                  <li key={address}>
                    <NavLink
                      to={address}
                      className={classes['entry']}
                      onPointerEnter={() => void load()}
                    >
                      <Icon size={20} stroke={1.5} aria-hidden />
                      <span>{t(title)}</span>
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}
