import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../ui/use-is-phone';
import { addresses } from './addresses';
import type { Page } from './page';
import { Entry, Sections } from './sections';
import classes from './shell.module.css';
import { usePages } from './use-pages';

const MoreSheet = lazy(async () => ({ default: (await import('./more-sheet')).MoreSheet }));

/** Pages that the signed-in person sees: beside the page, or on phones below it. */
export function Menu({ isIdle }: { isIdle: boolean }) {
  const { t } = useTranslation();
  return (
    <nav className={classes['menu']} aria-label={t('shell.navigation')}>
      {useIsPhone() ? <Bar isIdle={isIdle} /> : <Sections isIdle={isIdle} />}
    </nav>
  );
}

/** Own tasks, own money, the first page by permission, and a sheet with all of them. */
function Bar({ isIdle }: { isIdle: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const entries = usePages();
  const isMine = ({ address }: Page): boolean =>
    address === addresses.tasks || address === addresses.money;
  const others = entries.filter((page) => page.menu.section !== 'mine');
  const shown = [...entries.filter(isMine), ...others.slice(0, 1)];
  return (
    <>
      <ul>
        {shown.map((page) => (
          <Entry key={page.address} page={page} isIdle={isIdle} />
        ))}
        {entries.length > shown.length && (
          <li>
            <button
              type="button"
              className={classes['entry']}
              aria-haspopup="dialog"
              onClick={() => setOpen(true)}
            >
              <span aria-hidden>•••</span>
              <span>{t('shell.more')}</span>
            </button>
          </li>
        )}
      </ul>
      {isOpen && (
        <Suspense fallback={null}>
          <MoreSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
