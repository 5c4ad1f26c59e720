import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

/** Something that is filtered by, in words. */
export interface FilterChip {
  key: string;
  text: string;
  onRemove: () => void;
}

/** What is filtered; each part, or all of it, is taken away by one press. */
export function FilterChips({
  chips,
  onClear,
}: {
  chips: readonly FilterChip[];
  onClear: () => void;
}) {
  const { t } = useTranslation();
  if (chips.length === 0) return null;
  return (
    <ul className={classes['chips']} aria-label={t('filters.label')}>
      {chips.map(({ key, text, onRemove }) => (
        <li key={key}>
          <button type="button" onClick={onRemove} aria-label={t('filters.remove', { text })}>
            {text} <span aria-hidden>✕</span>
          </button>
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t('actions.clearFilters')}
        </Button>
      </li>
    </ul>
  );
}
