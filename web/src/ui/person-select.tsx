import './fields';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Combobox.css';
import { Select } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../api/client';
import { usePeople } from '../api/people';
import type { PersonPickerProps } from './person-picker';

/** Typing is asked for after a pause of this length. */
const PAUSE_MS = 200;
const OFFERED = 20;
/** Smallest target of a pointer. */
const TARGET = '24px';

const anybody = (): boolean => true;

/** Field for one person: what is typed is looked for by the server. */
export function PersonSelect({
  label,
  value,
  onChange,
  isOffered = anybody,
  error,
}: PersonPickerProps) {
  const { t } = useTranslation();
  const nameOf = usePeople([value]);
  const name = value === null ? '' : nameOf(value);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  // The name of the chosen person in the field is not what is looked for.
  const q = asked === name ? '' : asked;
  const { data, error: problem } = $api.useQuery(
    'get',
    '/api/v1/people',
    { params: { query: { limit: OFFERED, ...(q !== '' && { q }) } } },
    { enabled: isOpen, placeholderData: keepPreviousData },
  );
  const found = (data?.items ?? []).filter(isOffered);
  const chosen = value === null || found.some(({ id }) => id === value) ? [] : [value];
  const nobody = data ? t('picker.nobody') : t('list.loading');
  return (
    <Select
      label={label}
      placeholder={t('picker.placeholder')}
      searchable
      clearable
      clearButtonProps={{
        // The library hides it from the keyboard and from screen readers.
        tabIndex: 0,
        size: TARGET,
        'aria-hidden': false,
        'aria-label': t('picker.clear', { label }),
      }}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={[
        ...chosen.map((id) => ({ value: id, label: name })),
        ...found.map(({ id, nickname }) => ({ value: id, label: nickname })),
      ]}
      // The server has found them.
      filter={({ options }) => options}
      nothingFoundMessage={problem === null ? nobody : t('picker.away')}
      error={error}
    />
  );
}
