import { IconSearch } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { loadTexts } from '../i18n/texts';
import { useKeys } from '../ui/use-keys';
import classes from './finder.module.css';
import { usePages } from './use-pages';

/** After `g`, the second key is waited for as long. */
const SECOND_KEY_MS = 1_500;
const RECENT = 5;
const PALETTE_KEY = 'Ctrl K';

const texts = () => loadTexts('finder');
const Palette = lazy(async () => {
  await texts();
  return { default: (await import('./palette')).Palette };
});
const ShortcutList = lazy(async () => {
  await texts();
  return { default: (await import('./shortcut-list')).ShortcutList };
});

/** Button and keys that lead anywhere: the palette, the list of keys, `g` and a letter. */
export function Finder() {
  const { t } = useTranslation();
  const [opened, open] = useState<'palette' | 'keys' | null>(null);
  const close = (): void => open(null);
  const recent = useRecent();
  const seconds = useSecondKeys();
  useKeys({ ...seconds, '/': () => open('palette'), '?': () => open('keys') });
  usePaletteKey(() => open('palette'));
  return (
    <>
      <button
        type="button"
        className={classes['button']}
        aria-keyshortcuts="Control+K"
        onPointerEnter={() => void texts()}
        onClick={() => open('palette')}
      >
        <IconSearch size={20} stroke={1.5} aria-hidden />
        <span className={classes['words']}>{t('shell.search')}</span>
        <kbd className={classes['key']} aria-hidden>
          {PALETTE_KEY}
        </kbd>
      </button>
      <Suspense fallback={null}>
        {opened === 'palette' && <Palette recent={recent} onClose={close} />}
        {opened === 'keys' && <ShortcutList onClose={close} />}
      </Suspense>
    </>
  );
}

/** `Ctrl K` and `⌘ K` work while typing, too. */
function usePaletteKey(open: () => void): void {
  const current = useRef(open);
  useEffect(() => {
    current.current = open;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      current.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Keys that lead to pages, once `g` was pressed. */
function useSecondKeys(): Record<string, () => void> {
  const pages = usePages();
  const navigate = useNavigate();
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setWaiting(false), SECOND_KEY_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  if (!isWaiting) return { g: () => setWaiting(true) };
  return Object.fromEntries(
    pages.flatMap(({ address, menu: { shortcut } }) => {
      const go = (): void => {
        setWaiting(false);
        void navigate(address);
      };
      return shortcut === undefined ? [] : [[shortcut, go]];
    }),
  );
}

/** The last places of this visit, newest first, without the current one. */
function useRecent(): readonly string[] {
  const { pathname } = useLocation();
  const [places, setPlaces] = useState<readonly string[]>([pathname]);
  if (places[0] !== pathname) {
    setPlaces([pathname, ...places.filter((place) => place !== pathname)].slice(0, RECENT + 1));
  }
  return places.slice(1);
}
