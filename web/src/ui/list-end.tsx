import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PAGE } from '../api/list';
import { useLanguage } from './use-language';

/** Foot of a list: how many of how many are shown, and a button for the next page. */
export function ListEnd({
  list: { hasNextPage, isFetchingNextPage, fetchNextPage },
  shown,
  total,
  page = PAGE,
}: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  shown: number;
  total?: number | undefined;
  /** Rows that a request fetches. */
  page?: number;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!hasNextPage) return null;
  const count = Math.max(1, Math.min(page, (total ?? Infinity) - shown));
  return (
    <p>
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('actions.loadMore', { count })}
      </Button>{' '}
      {total !== undefined && (
        <span className="quiet">
          {t('list.shown', {
            count: total,
            shown: shown.toLocaleString(language),
            total: total.toLocaleString(language),
          })}
        </span>
      )}
    </p>
  );
}
