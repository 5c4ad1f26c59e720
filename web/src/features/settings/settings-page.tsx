import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { useMe } from '../../api/session';
import { keepPreference, readPreference, type Preferences } from '../../lib/preferences';
import { OwnBankAccount } from '../../shared/bank-account/own-bank-account';
import { THEMES, useThemeChoice } from '../../shared/looks/use-theme-choice';
import { Fetched } from '../../ui/fetched';
import { Tabs } from '../../ui/tabs';
import { BeakShape } from './parts/beak-shape';
import { Language } from './parts/language';
import { Names } from './parts/names';
import { Sessions } from './parts/sessions';
import classes from './settings.module.css';

const ROWS = 2;
const DENSITIES = ['comfortable', 'compact'] as const;
const SWITCH = ['on', 'off'] as const;

/** What is mine: names, language, looks, beak shape, bank account, sessions. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const account = $api.useQuery('get', '/api/v1/accounts/me', {});
  return (
    <>
      <h1>{t('title')}</h1>
      <section className={classes['part']}>
        <h2>{t('who')}</h2>
        {me && <Names userId={me.id} />}
      </section>
      <section className={classes['part']}>
        <h2>{t('language')}</h2>
        <Language />
      </section>
      <Looks />
      <section className={classes['part']}>
        <h2>{t('bankAccount')}</h2>
        <Fetched query={account} rows={ROWS}>
          {(own) => <OwnBankAccount account={own} />}
        </Fetched>
      </section>
      {me && (
        <section className={classes['part']}>
          <h2>{t('beakShape')}</h2>
          <BeakShape user={me} />
        </section>
      )}
      <Sessions />
    </>
  );
}

/** Colours, density and keys: kept by this browser. */
function Looks() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const { theme, choose } = useThemeChoice();
  const [density, setDensity] = usePreference('density', 'comfortable');
  const [shortcuts, setShortcuts] = usePreference('shortcuts', 'on');
  return (
    <section className={classes['part']}>
      <h2>{t('looks')}</h2>
      <Choice
        label={common('shell.theme')}
        items={THEMES.map((value) => ({ value, label: common(`shell.themes.${value}`) }))}
        value={theme}
        onChange={choose}
      />
      <Choice
        label={t('density')}
        items={DENSITIES.map((value) => ({ value, label: t(`densities.${value}`) }))}
        value={density}
        onChange={(chosen) => {
          document.documentElement.setAttribute('data-density', chosen);
          setDensity(chosen);
        }}
      />
      <Choice
        label={t('shortcuts')}
        items={SWITCH.map((value) => ({ value, label: t(`switch.${value}`) }))}
        value={shortcuts}
        onChange={setShortcuts}
      />
      <p className="quiet">{t('looksWhy')}</p>
    </section>
  );
}

function Choice<Value extends string>(props: Parameters<typeof Tabs<Value>>[0]) {
  return (
    <div className={classes['choice']}>
      <span>{props.label}</span>
      <Tabs {...props} />
    </div>
  );
}

function usePreference<Key extends keyof Preferences>(
  name: Key,
  fallback: Preferences[Key],
): [Preferences[Key], (choice: Preferences[Key]) => void] {
  const [value, setValue] = useState(() => readPreference(name) ?? fallback);
  return [
    value,
    (choice) => {
      keepPreference(name, choice);
      setValue(choice);
    },
  ];
}
