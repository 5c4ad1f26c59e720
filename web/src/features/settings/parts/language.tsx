import { useTranslation } from 'react-i18next';
import { ifMatch, useChange } from '../../../api/change';
import { useMe } from '../../../api/session';
import { changeLanguage } from '../../../i18n/texts';
import type { Language as Word } from '../../../lib/money';
import { Tabs } from '../../../ui/tabs';
import { sayFailed } from '../../../ui/toasts';
import { useLanguage } from '../../../ui/use-language';

/** Each language by its own name. */
const OWN_NAMES: readonly { value: Word; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
];

/** Language of pages and letters. */
export function Language() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const me = useMe();
  const change = useChange('patch', '/api/v1/users/{id}', {
    touches: ['/api/v1/session', '/api/v1/users'],
    onRefused: (problem) => sayFailed({ what: t('language'), problem }),
  });
  return (
    <>
      <Tabs
        label={t('language')}
        items={OWN_NAMES}
        value={language}
        onChange={(locale) => {
          void changeLanguage(locale);
          if (!me) return;
          const params = { path: { id: me.id }, header: ifMatch(me.version) };
          change.send({ params, body: { locale } });
        }}
      />
      <p className="quiet">{t('languageWhy')}</p>
    </>
  );
}
