import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './skeletons.module.css';

/** An answer that comes earlier shows no skeleton. */
const AFTER_MS = 150;

/** Rows of the final height while something is fetched. */
export function Skeletons({ rows }: { rows: number }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" role="status" aria-label={t('list.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes['row']}>
          {isShown && <div className={classes['bar']} />}
        </div>
      ))}
    </div>
  );
}
