import { useTranslation } from 'react-i18next';
import { generatePath, useLocation } from 'react-router';
import { addresses } from '../../../app/addresses';
import { Moment } from '../../../ui/moment';
import { TaskName } from '../../../shared/task/parts/task-name';
import type { Task } from '../queries';
import classes from '../tasks.module.css';

/** Name of a task, a link to it, and when it was dealt and how often, or what became of it. */
export function What({
  task,
  isNew,
  nameOf,
}: {
  task: Task;
  isNew: boolean;
  /** Name of the assignee, where that is somebody else. */
  nameOf: (task: Task) => string | null;
}) {
  const { t } = useTranslation('tasks');
  const { search } = useLocation();
  return (
    <div className={classes['what']}>
      <span>
        {isNew && <span className={classes['new']}>{t('row.new')}</span>}
        <TaskName
          task={task}
          to={{ pathname: generatePath(addresses.task, { id: task.id }), search }}
        />
      </span>
      <Story task={task} name={nameOf(task)} />
    </div>
  );
}

function Story({ task, name }: { task: Task; name: string | null }) {
  const { t } = useTranslation('tasks');
  if (task.status === 'cancelled') return <span className="quiet">{t('row.cancelled')}</span>;
  if (task.finishedAt !== null) {
    return (
      <span className="quiet">
        {t('row.finished')} <Moment at={task.finishedAt} />
        {name !== null && ` · ${name}`}
      </span>
    );
  }
  if (task.assignedAt === null) return <span className="quiet">{t('row.waits')}</span>;
  const isAgain = task.assignmentNumber > 1;
  return (
    <span className="quiet">
      {t('row.dealt')} <Moment at={task.assignedAt} />
      {isAgain && ` · ${t('row.dealtAgain', { count: task.assignmentNumber, ordinal: true })}`}
      {name !== null && ` · ${name}`}
    </span>
  );
}
