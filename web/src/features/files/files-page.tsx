import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { FileRows } from './parts/file-rows';
import { useFiles } from './queries';

const ROWS = 4;

/** Files for the bank: make and download one, then say what the bank did with it. */
export function FilesPage() {
  const { t } = useTranslation('files');
  const files = useFiles();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = files;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <h1>{t('title')}</h1>
      <Fetched query={files} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('empty')}>{t('emptyWhy')}</Empty>
          ) : (
            <>
              <p className="quiet">{t('why')}</p>
              <FileRows files={items} onEnd={more} />
            </>
          )
        }
      </Fetched>
      <ListEnd list={files} shown={files.data?.length ?? 0} />
    </>
  );
}
