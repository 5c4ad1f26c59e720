import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';

/** Returns the sentence for a problem: by its type, else the server's English title. */
export function problemText({ type, message }: Problem): string {
  const key = `errors:${type}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : message;
}

/** Like `problemText`; renders again when the language changes, or the sentences arrive. */
export function useProblemText(): (problem: Problem) => string {
  useTranslation('errors');
  return problemText;
}
