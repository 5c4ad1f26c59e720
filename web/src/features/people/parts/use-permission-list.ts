import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../api/client';
import { useLanguage } from '../../../ui/use-language';
import { permissions } from '../permissions';

/** Returns permissions as one list of words, in their usual order. */
export function usePermissionList(): (held: readonly Permission[]) => string {
  const { t } = useTranslation('people');
  const language = useLanguage();
  return (held) => {
    const names = permissions
      .filter((each) => held.includes(each))
      .map((each) => t(`permissions.${each}`).toLocaleLowerCase(language));
    if (names.length === 0) return t('fields.nothing');
    return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  };
}
