import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

/** Typing is taken over after a pause of this length. */
const PAUSE_MS = 300;

/** Text that filters: taken over when typing pauses, or by Enter. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      type="search"
      label={label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onChange(typed);
      }}
    />
  );
}

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
