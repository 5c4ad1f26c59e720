import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Dialog } from '../ui/dialog';
import { Sections } from './sections';
import classes from './shell.module.css';

/** All pages by section, at the bottom of a phone; closes when one is chosen. */
export function MoreSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { key } = useLocation();
  const opened = useRef(key);
  useEffect(() => {
    if (key !== opened.current) onClose();
  }, [key, onClose]);
  return (
    <Dialog title={t('shell.menu')} onClose={onClose} isSheet>
      <nav className={classes['sheet']} aria-label={t('shell.menu')}>
        <Sections isIdle />
      </nav>
    </Dialog>
  );
}
