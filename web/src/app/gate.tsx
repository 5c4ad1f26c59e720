import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { Permission } from '../api/client';
import { toProblem } from '../api/problems';
import { useMay, useSession } from '../api/session';
import { Away } from '../ui/away';
import { ProblemCard } from '../ui/problem-card';
import { Skeletons } from '../ui/skeletons';
import { addresses } from './addresses';

const ROWS = 8;

/**
 * Lets signed-in people in; everybody else is led to the login page, and back. Pages inside fetch
 * their data beside the session: nothing waits for it.
 */
export function SignedIn({ children }: { children: React.ReactNode }) {
  const { data, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (data === null) {
    const next = encodeURIComponent(pathname + search);
    return <Navigate to={`${addresses.logIn}?next=${next}`} replace />;
  }
  if (data !== undefined || error === null) return children;
  const problem = toProblem(error);
  const retry = (): void => void refetch();
  return problem.isAway ? (
    <Away problem={problem} onRetry={retry} />
  ) : (
    <ProblemCard problem={problem} onRetry={retry} />
  );
}

/** Shows a page to holders of a permission: without it, the page is not even loaded. */
export function Permitted({ to, children }: { to: Permission; children: React.ReactNode }) {
  const { data } = useSession();
  if (!data) return <Skeletons rows={ROWS} />;
  return data.user.permissions.includes(to) ? children : <Forbidden permission={to} />;
}

function Forbidden({ permission }: { permission: Permission }) {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('forbidden.title')}</h1>
      <p>{t('forbidden.needs', { permission })}</p>
    </>
  );
}

/** Shows a button or a part of a page to holders of a permission. */
export function Allowed({ to, children }: { to: Permission; children: React.ReactNode }) {
  return useMay(to) ? children : null;
}
