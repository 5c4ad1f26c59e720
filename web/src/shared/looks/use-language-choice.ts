import { ifMatch, useChange } from '../../api/change';
import { useMe } from '../../api/session';
import { changeLanguage } from '../../i18n/texts';
import type { Language } from '../../lib/money';
import { sayFailed } from '../../ui/toasts';
import { useLanguage } from '../../ui/use-language';

/** Each language by its own name. */
export const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
] as const;

/** The language of pages and letters; `what` says what failed, when it cannot be stored. */
export function useLanguageChoice(what: string): {
  language: Language;
  choose: (language: Language) => void;
} {
  const language = useLanguage();
  const me = useMe();
  const change = useChange('patch', '/api/v1/users/{id}', {
    touches: ['/api/v1/session', '/api/v1/users'],
    onRefused: (problem) => sayFailed({ what, problem }),
  });
  return {
    language,
    choose(locale) {
      void changeLanguage(locale);
      if (!me) return;
      const { id, version } = me;
      change.send({ params: { path: { id }, header: ifMatch(version) }, body: { locale } });
    },
  };
}
