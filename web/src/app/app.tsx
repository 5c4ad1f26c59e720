import { Suspense, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Route, Routes, useLocation, useNavigationType } from 'react-router';
import { useMay, useMe } from '../api/session';
import { changeLanguage } from '../i18n/texts';
import type { KEEPS_FOCUS } from '../lib/keeps-focus';
import { Skeletons } from '../ui/skeletons';
import { addresses } from './addresses';
import { Boundary } from './boundary';
import { Permitted, SignedIn } from './gate';
import type { Page } from './page';
import { pages } from './routes';
import { Shell } from './shell';

const ROWS = 4;

/** Leads `/` to the board of those who distribute, else to own tasks. */
function Home() {
  const mayDistribute = useMay('tasks.distribute');
  if (useMe() === undefined) return null;
  const isBoardThere = pages.some(({ address }) => address === addresses.board);
  return (
    <Navigate to={mayDistribute && isBoardThere ? addresses.board : addresses.tasks} replace />
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('notFound.title')}</h1>
      <Link to={addresses.tasks}>{t('notFound.home')}</Link>
    </>
  );
}

/** A page behind its gate, which names the window. */
function Shown({ page: { title, audience, Component } }: { page: Page }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const name = t(title);
  useEffect(() => {
    document.title = `${name} · ${t('product')}`;
  }, [name, pathname, t]);
  useHeadingFocus();
  return (
    <Audience of={audience}>
      <Component />
    </Audience>
  );
}

/** Key that the router gives to the first address of a visit. */
const FIRST = 'default';

/**
 * After navigation the heading has the focus, unless the page has put it elsewhere. On the first
 * page of a visit it stays at the top: the skip link comes first.
 */
function useHeadingFocus(): void {
  const { pathname, key, state } = useLocation();
  const kind = useNavigationType();
  const focus = useEffectEvent(() => {
    const main = document.querySelector('main');
    const isKept = (state as Partial<typeof KEEPS_FOCUS> | null)?.keepsFocus === true;
    if (key === FIRST || isKept || !main || main.contains(document.activeElement)) return;
    const heading = main.querySelector('h1') ?? main;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (kind !== 'POP') window.scrollTo(0, 0);
  });
  // Filters change the address too, but not its path.
  useEffect(() => focus(), [pathname]);
}

function Audience({ of, children }: { of: Page['audience']; children: React.ReactNode }) {
  if (of === 'anybody' || of === 'signed-in') return children;
  return <Permitted to={of}>{children}</Permitted>;
}

/** Shows everything in the language of the signed-in person. */
function useOwnLanguage(): void {
  const locale = useMe()?.locale;
  useEffect(() => {
    if (locale) void changeLanguage(locale);
  }, [locale]);
}

/** All pages: the shell is around those for signed-in people. */
export function App() {
  useOwnLanguage();
  const { pathname } = useLocation();
  const routes = (isPublic: boolean) =>
    pages
      .filter(({ audience }) => (audience === 'anybody') === isPublic)
      .map((page) => (
        <Route key={page.address} path={page.address} element={<Shown page={page} />} />
      ));
  return (
    <Boundary resetKey={pathname}>
      <Suspense fallback={<Skeletons rows={ROWS} />}>
        <Routes>
          {routes(true)}
          <Route
            element={
              <SignedIn>
                <Shell />
              </SignedIn>
            }
          >
            <Route path={addresses.home} element={<Home />} />
            {routes(false)}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </Boundary>
  );
}
