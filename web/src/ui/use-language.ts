import { useTranslation } from 'react-i18next';
import type { Language } from '../lib/money';

/** Returns the language of the page; renders again when it changes. */
export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}
