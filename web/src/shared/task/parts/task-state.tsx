import { useTranslation } from 'react-i18next';
import type { Task } from '../queries';
import classes from '../task.module.css';

const MARKS = { open: '…', finished: '✓', cancelled: '✕' } as const;

/** State of a task: a sign and the word. */
export function TaskState({ task: { status, assigneeId } }: { task: Task }) {
  const { t } = useTranslation('task');
  const isWaiting = status === 'open' && assigneeId === null;
  return (
    <span className={classes['state']} data-state={status}>
      <span aria-hidden>{MARKS[status]}</span> {t(isWaiting ? 'state.waiting' : `state.${status}`)}
    </span>
  );
}
