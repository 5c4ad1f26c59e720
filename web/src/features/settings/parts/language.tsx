import { useTranslation } from 'react-i18next';
import { LANGUAGES, useLanguageChoice } from '../../../shared/looks/use-language-choice';
import { Tabs } from '../../../ui/tabs';

/** Language of pages and letters. */
export function Language() {
  const { t } = useTranslation('settings');
  const { language, choose } = useLanguageChoice(t('language'));
  return (
    <>
      <Tabs label={t('language')} items={LANGUAGES} value={language} onChange={choose} />
      <p className="quiet">{t('languageWhy')}</p>
    </>
  );
}
