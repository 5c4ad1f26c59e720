import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { usePeople } from '../../../api/people';
import { useMe } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Amount } from '../../../ui/amount';
import { Rows, type Column } from '../../../ui/rows';
import classes from '../board.module.css';
import { isChangedBy, type Task } from '../queries';
import { RowMenu, type Deed } from './row-menu';
import { Dealt, JiraId, State, Title } from './task-cells';

/** The title takes the rest: columns stay where they are while rows come and go. */
const WIDTHS = {
  jira: '112px',
  assignee: '120px',
  price: '88px',
  dealt: '120px',
  times: '64px',
  state: '128px',
  menu: '64px',
};
const idOf = ({ id }: Task): string => id;

/** Tasks as rows: fast with any number, because a row is rendered again only when it changes. */
export function TaskRows({
  caption,
  tasks,
  total,
  onEnd,
}: {
  caption: string;
  tasks: readonly Task[];
  total: number | undefined;
  onEnd: () => void;
}) {
  const open = useOpenTask();
  const { columns, card } = useColumns(tasks, open);
  return (
    <Rows
      caption={caption}
      columns={columns}
      card={card}
      rows={tasks}
      total={total}
      keyOf={idOf}
      onOpen={open}
      onKey={(key, task) => {
        if (key === 'e') open(task, 'edit');
        return key === 'e';
      }}
      onEnd={onEnd}
    />
  );
}

/** Leads to a task's own page, which does what was chosen; the same function in each render. */
function useOpenTask(): (task: Task, deed?: Deed) => void {
  const navigate = useNavigate();
  const current = useRef(navigate);
  current.current = navigate;
  return useCallback(({ id }, deed) => {
    const state = deed && { [deed]: true };
    void current.current(generatePath(addresses.task, { id }), { state });
  }, []);
}

function useColumns(
  tasks: readonly Task[],
  open: (task: Task, deed?: Deed) => void,
): { columns: readonly Column<Task>[]; card: (task: Task) => React.ReactNode } {
  const { t } = useTranslation('board');
  const me = useMe();
  const nameOf = usePeople(useMemo(() => tasks.map(({ assigneeId }) => assigneeId), [tasks]));
  return useMemo(() => {
    const assignee = ({ assigneeId }: Task): React.ReactNode =>
      assigneeId === null ? <span className="quiet">{t('row.nobody')}</span> : nameOf(assigneeId);
    const menu = (task: Task): React.ReactNode =>
      isChangedBy(task, me) && <RowMenu task={task} onChoose={open} />;
    return {
      columns: [
        {
          key: 'jira',
          title: t('row.jira'),
          width: WIDTHS.jira,
          cell: (task) => <JiraId task={task} />,
        },
        { key: 'title', title: t('row.title'), cell: (task) => <Title task={task} /> },
        { key: 'assignee', title: t('row.assignee'), width: WIDTHS.assignee, cell: assignee },
        {
          key: 'price',
          title: t('row.price'),
          width: WIDTHS.price,
          align: 'end',
          cell: ({ price }) => <Amount value={price} />,
        },
        {
          key: 'dealt',
          title: t('row.dealt'),
          width: WIDTHS.dealt,
          cell: (task) => <Dealt task={task} />,
        },
        {
          key: 'times',
          title: t('row.times'),
          width: WIDTHS.times,
          align: 'end',
          cell: ({ assignmentNumber }) => assignmentNumber,
        },
        {
          key: 'state',
          title: t('row.state'),
          width: WIDTHS.state,
          cell: (task) => <State task={task} />,
        },
        {
          key: 'menu',
          title: t('row.menu'),
          width: WIDTHS.menu,
          align: 'end',
          cell: menu,
        },
      ],
      card: (task) => (
        <div className={classes['card']}>
          <span>
            <JiraId task={task} /> <Title task={task} />
          </span>
          <Amount value={task.price} />
          <span className="quiet">
            {assignee(task)}
            {task.assigneeId !== null && ' · '}
            {task.assigneeId !== null && <Dealt task={task} />}
            {task.status !== 'open' && ' · '}
            {task.status !== 'open' && <State task={task} />}
          </span>
          {menu(task)}
        </div>
      ),
    };
  }, [t, me, nameOf, open]);
}
