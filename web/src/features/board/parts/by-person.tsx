import { useTranslation } from 'react-i18next';
import { Amount } from '../../../ui/amount';
import { Empty } from '../../../ui/empty';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import classes from '../board.module.css';
import { useLoad, useTasks, type Load } from '../queries';
import { PeopleLoad } from './people-load';
import { Dealt, JiraId, Title } from './task-cells';

const ROWS = 8;
const TASK_ROWS = 3;

/** One line per person, opening to that person's open tasks. */
export function ByPerson({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (userId: string) => void;
}) {
  const { t } = useTranslation('board');
  const load = useLoad('all');
  return (
    <Fetched query={load} rows={ROWS}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('load.nobody')} />
        ) : (
          <PeopleLoad
            caption={t('load.caption')}
            items={items}
            chosen={chosen}
            onChoose={onChoose}
            inside={(userId) => <TasksOf userId={userId} load={items.find(isOf(userId))} />}
          />
        )
      }
    </Fetched>
  );
}

const isOf =
  (userId: string) =>
  (load: Load): boolean =>
    load.userId === userId;

function TasksOf({ userId, load }: { userId: string; load: Load | undefined }) {
  const { t } = useTranslation('board');
  const tasks = useTasks({ view: 'all', tab: 'open', assignee: userId, q: '' });
  return (
    <div className={classes['inside']}>
      <Fetched query={tasks} rows={TASK_ROWS}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('load.nothing')}</p>
          ) : (
            <ul className={classes['tasks']}>
              {items.map((task) => (
                <li key={task.id}>
                  <span>
                    <JiraId task={task} /> <Title task={task} />
                  </span>
                  <Dealt task={task} />
                  <Amount value={task.price} />
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
      <ListEnd list={tasks} shown={tasks.data?.length ?? 0} total={load?.open} />
    </div>
  );
}
