import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../api/change';
import { becomeSession } from '../api/session';
import { LANGUAGES, useLanguageChoice } from '../shared/looks/use-language-choice';
import { THEMES, useThemeChoice } from '../shared/looks/use-theme-choice';
import type { MenuItem } from '../ui/menu';
import { sayFailed } from '../ui/toasts';
import { addresses } from './addresses';

/** Colours, of which one is chosen. */
export function useThemes(): MenuItem[] {
  const { t } = useTranslation();
  const { theme: chosen, choose } = useThemeChoice();
  return THEMES.map((theme) => ({
    key: theme,
    label: t(`shell.themes.${theme}`),
    isChecked: theme === chosen,
    onChoose: () => choose(theme),
  }));
}

/** Languages of pages and letters, of which one is chosen. */
export function useLanguages(): MenuItem[] {
  const { t } = useTranslation();
  const { language, choose } = useLanguageChoice(t('shell.language'));
  return LANGUAGES.map(({ value, label }) => ({
    key: value,
    lang: value,
    label,
    isChecked: value === language,
    onChoose: () => choose(value),
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
