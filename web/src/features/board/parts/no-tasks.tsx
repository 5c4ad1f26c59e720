import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/empty';
import type { Asked } from '../queries';

/** No tasks: none match (offers to clear the filters), none in this state, or none at all. */
export function NoTasks({
  asked: { view, tab, q, assignee },
  isBoardEmpty,
  onClear,
}: {
  asked: Asked;
  isBoardEmpty: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation('board');
  const { t: common } = useTranslation();
  if (q !== '' || assignee !== null) {
    const clear = (
      <Button variant="default" onClick={onClear}>
        {common('actions.clearFilters')}
      </Button>
    );
    return <Empty title={common('list.noMatch')} action={clear} />;
  }
  if (isBoardEmpty && view === 'all') {
    return <Empty title={t('empty.board')}>{t('emptyWhy')}</Empty>;
  }
  return <Empty title={t(`empty.${tab}`)} />;
}
