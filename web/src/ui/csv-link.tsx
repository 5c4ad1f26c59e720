import { useTranslation } from 'react-i18next';
import type { Paths } from '../api/client';
import { useLanguage } from './use-language';

/** Addresses of files; the parts of the path are filled in already. */
type FilePath<Path extends string = Extract<keyof Paths, `${string}.csv`>> =
  Path extends `${infer Before}{${string}}${infer After}` ? `${Before}${string}${After}` : Path;

/** Filters of a list as they are: nothing is left out, several values of one are repeated. */
export type CsvFilters = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** Link to a list as a file, with the filters of the page: the browser's own download. */
export function CsvLink({ path, filters = {} }: { path: FilePath; filters?: CsvFilters }) {
  const { t } = useTranslation();
  const query = new URLSearchParams({ locale: useLanguage() });
  for (const [name, value] of Object.entries(filters)) {
    for (const each of [value ?? []].flat()) query.append(name, each);
  }
  return (
    <a href={`${path}?${query}`} download>
      {t('actions.downloadCsv')}
    </a>
  );
}
