import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';

/** Returns the sentence for a problem: by its type, else the server's English title. */
export function problemText({ type, message }: Problem): string {
  const key = `errors:${type}`;
  return i18next.exists(key) ? i18next.t(key as never) : message;
}

/** Like `problemText`; renders again when the language changes. */
export function useProblemText(): (problem: Problem) => string {
  const { i18n } = useTranslation('errors');
  return useCallback((problem: Problem) => problemText(problem), [i18n.language]);
}
