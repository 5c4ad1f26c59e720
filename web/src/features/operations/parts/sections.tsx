import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { addresses } from '../../../app/addresses';
import classes from '../operations.module.css';

const PARTS = ['status', 'deadLetters', 'audit'] as const;

/** Heading of operations, and the ways to its parts. */
export function Sections() {
  const { t } = useTranslation('operations');
  return (
    <>
      <h1>{t('title')}</h1>
      <nav className={classes['sections']} aria-label={t('sections.label')}>
        {PARTS.map((part) => (
          <NavLink key={part} to={addresses[part]}>
            {t(`sections.${part}`)}
          </NavLink>
        ))}
      </nav>
    </>
  );
}
