import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FieldFault, Problem } from '../api/problems';

function faultText({ code, params, detail }: FieldFault): string {
  const key = `errors:faults.${code}`;
  return i18next.exists(key) ? String(i18next.t(key as never, params as never)) : detail;
}

/**
 * Returns the sentences about fields: `faultOf('nickname')` is the one of `/nickname`. `extra` puts
 * a problem by its type beside a field: `{ 'nickname-taken': 'nickname' }`.
 */
export function useFaults(
  problem: Problem | null,
  extra: Readonly<Record<string, string>> = {},
): (field: string) => string | undefined {
  // Renders again when the language changes, or the sentences arrive.
  useTranslation('errors');
  return (field) => {
    if (!problem) return undefined;
    if (extra[problem.type] === field) {
      const key = `errors:${problem.type}`;
      return i18next.exists(key) ? i18next.t(key as never) : problem.message;
    }
    const fault = problem.faults.find(({ pointer }) => pointer === `/${field}`);
    return fault && faultText(fault);
  };
}
