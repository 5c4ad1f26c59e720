import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { useMe } from '../../../api/session';
import { negated } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import { Rows, type Column } from '../../../ui/rows';
import { useMedia } from '../../../ui/use-media';
import { FinishButton } from '../../../shared/task/parts/finish-button';
import { isChangedBy, isFinishedBy } from '../../../shared/task/queries';
import type { Finishing } from '../../../shared/task/use-finishing';
import type { Asked, Task } from '../queries';
import classes from '../tasks.module.css';
import { What } from './what';

const ACTION_WIDTH = '272px';
/** Beside the menu, a narrower window has no room for the columns. */
const TIGHT = '(max-width: 899px)';

interface TaskRowsProps {
  tasks: readonly Task[];
  total: number | undefined;
  asked: Asked;
  /** Names the list, for tasks that are finished in it. */
  where: string;
  finishing: Finishing;
  isNew: (task: Task) => boolean;
  openId: string | null;
  returnTo: string | null;
  isNarrow: boolean;
  onOpen: (task: Task, how?: { edit: boolean }) => void;
  onEnd: () => void;
}

/** Own tasks as rows: `f` finishes in two presses, `e` edits, Enter opens. */
export function TaskRows(props: TaskRowsProps) {
  const { t } = useTranslation('tasks');
  const { asked, finishing, where } = props;
  const me = useMe();
  const isMine = asked.view === 'mine';
  const isTight = useMedia(TIGHT);
  const columns = useColumns(props);
  const onKey = (key: string, task: Task): boolean => {
    if (key === 'Escape') return finishing.disarm();
    if (key === 'f' && isFinishedBy(task, me)) finishing.press(task, where);
    else if (key === 'e' && isChangedBy(task, me)) props.onOpen(task, { edit: true });
    else return false;
    return true;
  };
  return (
    <Rows
      caption={t(isMine ? 'caption.mine' : 'caption.created')}
      columns={columns}
      card={(task) => (
        <div className={classes['box']}>
          <div className={classes['card']}>
            {columns[0]!.cell(task)}
            {isFolded(finishing, task) || (
              <dl className={classes['sums']}>
                <dt>{t(isMine ? 'row.fee' : 'row.feeEach')}</dt>
                <dd>{columns[1]!.cell(task)}</dd>
                <dt>{t('row.reward')}</dt>
                <dd>{columns[2]!.cell(task)}</dd>
              </dl>
            )}
            <div className={classes['action']}>{columns[3]!.cell(task)}</div>
          </div>
        </div>
      )}
      rows={props.tasks}
      total={props.total}
      keyOf={({ id }) => id}
      onOpen={props.onOpen}
      onKey={onKey}
      markOf={(task) => {
        if (task.id === props.openId) return 'open';
        return props.isNew(task) && !isFolded(finishing, task) ? 'new' : undefined;
      }}
      onEnd={props.onEnd}
      isNarrow={props.isNarrow || isTight}
      returnTo={props.returnTo}
    />
  );
}

function isFolded(finishing: Finishing, task: Task): boolean {
  const state = finishing.stateOf(task);
  return state === 'sent' || state === 'booked';
}

function useColumns({ tasks, asked, where, finishing, isNew }: TaskRowsProps): Column<Task>[] {
  const { t } = useTranslation('tasks');
  const me = useMe();
  const isMine = asked.view === 'mine';
  const others = tasks.map(({ assigneeId }) => (assigneeId === me?.id ? null : assigneeId));
  const name = usePeople(others);
  const nameOf = ({ assigneeId }: Task): string | null =>
    assigneeId === null || assigneeId === me?.id ? null : name(assigneeId);
  const unlessFolded = (task: Task, cell: React.ReactNode): React.ReactNode =>
    isFolded(finishing, task) ? null : cell;
  return [
    {
      key: 'task',
      title: t('row.task'),
      cell: (task) => (
        <What task={task} isNew={isNew(task) && !isFolded(finishing, task)} nameOf={nameOf} />
      ),
    },
    {
      key: 'fee',
      title: t(isMine ? 'row.fee' : 'row.feeEach'),
      align: 'end',
      cell: (task) =>
        unlessFolded(
          task,
          isMine ? (
            <Amount value={negated(task.fee)} sign="always" tone="meaning" />
          ) : (
            <Amount value={task.fee} />
          ),
        ),
    },
    {
      key: 'reward',
      title: t('row.reward'),
      align: 'end',
      cell: (task) =>
        unlessFolded(
          task,
          isMine ? (
            <Amount value={task.reward} sign="always" tone="meaning" />
          ) : (
            <Amount value={task.reward} />
          ),
        ),
    },
    {
      key: 'action',
      title: t('row.action'),
      align: 'end',
      width: ACTION_WIDTH,
      cell: (task) => <FinishButton task={task} finishing={finishing} where={where} />,
    },
  ];
}
