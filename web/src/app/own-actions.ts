import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ifMatch, useChange } from '../api/change';
import { becomeSession, useMe } from '../api/session';
import { changeLanguage } from '../i18n/texts';
import { keepPreference, type Preferences } from '../lib/preferences';
import type { MenuItem } from '../ui/menu';
import { sayFailed } from '../ui/toasts';
import { useLanguage } from '../ui/use-language';
import { addresses } from './addresses';

const THEMES = ['light', 'dark', 'auto'] as const;
const LANGUAGES = ['en', 'ru'] as const;
/** Each language by its own name. */
const OWN_NAMES = { en: 'English', ru: 'Русский' } as const;

/** Colours, of which one is chosen. */
export function useThemes(): MenuItem[] {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (theme: Preferences['theme']): void => {
    keepPreference('theme', theme);
    setColorScheme(theme);
  };
  return THEMES.map((theme) => ({
    key: theme,
    label: t(`shell.themes.${theme}`),
    isChecked: theme === colorScheme,
    onChoose: () => choose(theme),
  }));
}

/** Languages of pages and letters, of which one is chosen. */
export function useLanguages(): MenuItem[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const user = useMe();
  const change = useChange('patch', '/api/v1/users/{id}', {
    touches: ['/api/v1/session', '/api/v1/users'],
    onRefused: (problem) => sayFailed({ what: t('shell.language'), problem }),
  });
  const choose = (locale: (typeof LANGUAGES)[number]): void => {
    void changeLanguage(locale);
    if (!user) return;
    const { id, version } = user;
    change.send({ params: { path: { id }, header: ifMatch(version) }, body: { locale } });
  };
  return LANGUAGES.map((locale) => ({
    key: locale,
    lang: locale,
    label: OWN_NAMES[locale],
    isChecked: locale === language,
    onChoose: () => choose(locale),
  }));
}

/** Leads to the settings. */
export function useSettingsEntry(): MenuItem {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const onChoose = (): void => void navigate(addresses.settings);
  return { key: 'settings', label: t('pages.settings'), onChoose };
}

/** Ends the session. */
export function useLogOut(): MenuItem {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const logOut = useChange('delete', '/api/v1/session', {
    touches: [],
    onDone() {
      void navigate(addresses.logIn);
      becomeSession(queries, null);
    },
    onRefused: (problem) => sayFailed({ what: t('shell.logOut'), problem }),
  });
  return { key: 'logOut', label: t('shell.logOut'), onChoose: () => logOut.send({}) };
}
