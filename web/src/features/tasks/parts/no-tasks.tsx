import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useMe } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Empty } from '../../../ui/empty';
import type { Asked } from '../queries';

/** No tasks: nothing exists yet (teaches), or nothing matches (offers to clear the filters). */
export function NoTasks({ asked, onClear }: { asked: Asked; onClear: () => void }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const role = useMe()?.role;
  const maySeeBoard = useMay('tasks.view-all');
  if (asked.q !== '') {
    return (
      <Empty
        title={common('list.noMatch')}
        action={
          <Button variant="default" onClick={onClear}>
            {common('actions.clearFilters')}
          </Button>
        }
      />
    );
  }
  if (asked.view === 'created') {
    return <Empty title={t('empty.created')}>{t('empty.createdWhy')}</Empty>;
  }
  if (role === 'manager' || role === 'admin') {
    return (
      <Empty
        title={t('empty.notDealt')}
        action={maySeeBoard && <Link to={addresses.board}>{t('empty.toBoard')}</Link>}
      />
    );
  }
  if (asked.status === 'open') return <Empty title={t('empty.open')}>{t('empty.openWhy')}</Empty>;
  return asked.status === 'finished' ? (
    <Empty title={t('empty.finished')}>{t('empty.finishedWhy')}</Empty>
  ) : (
    <Empty title={t('empty.cancelled')}>{t('empty.cancelledWhy')}</Empty>
  );
}
