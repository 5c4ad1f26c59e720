import { useTranslation } from 'react-i18next';
import { Menu } from '../../../ui/menu';
import type { Task } from '../queries';

/** What is done with a task on its own page, which asks for it there. */
export type Deed = 'edit' | 'cancel';

const DEEDS: readonly Deed[] = ['edit', 'cancel'];

/** Actions on a task, for those who may change it. */
export function RowMenu({
  task,
  onChoose,
}: {
  task: Task;
  onChoose: (task: Task, deed: Deed) => void;
}) {
  const { t } = useTranslation('board');
  const items = DEEDS.map((deed) => ({
    key: deed,
    label: t(`menu.${deed}`),
    onChoose: () => onChoose(task, deed),
  }));
  return (
    <Menu
      label={<span aria-hidden>⋯</span>}
      ariaLabel={t('menu.label', { title: task.title })}
      groups={[{ items }]}
    />
  );
}
