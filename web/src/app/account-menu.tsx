import { useTranslation } from 'react-i18next';
import { useMe } from '../api/session';
import { Menu } from '../ui/menu';
import { useLanguages, useLogOut, useSettingsEntry, useThemes } from './own-actions';

/** Menu of the signed-in person: colours, language, log out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const nickname = useMe()?.nickname;
  const themes = useThemes();
  const languages = useLanguages();
  const settings = useSettingsEntry();
  const logOut = useLogOut();
  if (nickname === undefined) return null;
  return (
    <Menu
      label={nickname}
      ariaLabel={t('shell.account', { nickname })}
      groups={[
        { label: t('shell.theme'), items: themes },
        { label: t('shell.language'), items: languages },
        { items: [settings, logOut] },
      ]}
    />
  );
}
