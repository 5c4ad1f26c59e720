import '@mantine/core/styles/Combobox.css';
import { Combobox, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog';
import { TextInput } from '../ui/fields';
import classes from './finder.module.css';
import { useFindings } from './use-findings';

/** Dialog that leads to pages, actions, tasks and people, by a piece of their name. */
export function Palette({ recent, onClose }: { recent: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation('finder');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState('');
  const groups = useFindings(typed, recent);
  const combobox = useCombobox({ opened: true });
  const all = groups.flatMap(({ items }) => items);
  const shown = all.map(({ key }) => key).join();
  const { selectFirstOption } = combobox;
  useEffect(() => {
    selectFirstOption();
  }, [shown, selectFirstOption]);
  const choose = (key: string): void => {
    onClose();
    all.find((item) => item.key === key)?.onChoose();
  };
  return (
    <Dialog title={common('shell.search')} onClose={onClose}>
      <Combobox store={combobox} onOptionSubmit={choose}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            aria-label={t('placeholder')}
            placeholder={t('placeholder')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={({ key }) => {
              // The list is always open: the library would close it alone.
              if (key === 'Escape') onClose();
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={classes['options']} aria-label={t('found')}>
          {groups.map(({ label, items }) => (
            <Combobox.Group key={label} label={label}>
              {items.map(({ key, label: name, detail, lang }) => (
                <Combobox.Option key={key} value={key} lang={lang}>
                  {name} {detail && <span className={classes['detail']}>{detail}</span>}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {all.length === 0 && <Combobox.Empty>{t('nothing')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </Dialog>
  );
}
