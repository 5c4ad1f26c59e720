import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { usePeople } from '../../../api/people';
import { useMay } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Moment } from '../../../ui/moment';
import { useAssignments, type Task } from '../queries';
import classes from '../task.module.css';

type Assignment = Schemas['Assignment'];
type NameOf = (id: string) => string;

const ROWS = 2;
const SHOWN_OF_ID = 4;

/** What happened to a task: created, dealt (once, twice …), finished or cancelled. */
export function Story({ task }: { task: Task }) {
  const { t } = useTranslation('task');
  const assignments = useAssignments(task.id);
  const { createdBy, assigneeId } = task;
  const nameOf = usePeople([
    createdBy,
    assigneeId,
    ...(assignments.data ?? []).map(({ userId }) => userId),
  ]);
  return (
    <section aria-labelledby="story">
      <h3 id="story">{t('story.title')}</h3>
      <ol className={classes['story']}>
        <li>
          {t('story.created', { name: nameOf(createdBy) })} <Moment at={task.createdAt} />
        </li>
      </ol>
      <Fetched query={assignments} rows={ROWS}>
        {(dealt) => (
          <>
            <ListEnd list={assignments} shown={dealt.length} total={task.assignmentNumber} />
            <ol className={classes['story']} start={2}>
              {[...dealt].reverse().map((assignment) => (
                <Dealt key={assignment.number} assignment={assignment} nameOf={nameOf} />
              ))}
              <End task={task} nameOf={nameOf} />
            </ol>
          </>
        )}
      </Fetched>
    </section>
  );
}

function Dealt({
  assignment: { number, userId, distributionId, assignedAt },
  nameOf,
}: {
  assignment: Assignment;
  nameOf: NameOf;
}) {
  const { t } = useTranslation('task');
  const maySee = useMay('tasks.distribute');
  const distribution =
    distributionId === null
      ? t('story.atOnce')
      : t('story.byDistribution', { id: `#${distributionId.slice(0, SHOWN_OF_ID)}…` });
  return (
    <li>
      {t('story.dealt', { count: number, ordinal: true, name: nameOf(userId) })}{' '}
      <Moment at={assignedAt} />
      <span className={classes['by']}>
        {maySee && distributionId !== null ? (
          <Link to={addresses.distribution} title={distributionId}>
            {distribution}
          </Link>
        ) : (
          <span className="quiet" title={distributionId ?? undefined}>
            {distribution}
          </span>
        )}
      </span>
    </li>
  );
}

function End({ task: { status, assigneeId, finishedAt }, nameOf }: { task: Task; nameOf: NameOf }) {
  const { t } = useTranslation('task');
  if (status === 'cancelled') return <li>{t('story.cancelled')}</li>;
  if (status === 'open' || finishedAt === null || assigneeId === null) return null;
  return (
    <li>
      {t('story.finished', { name: nameOf(assigneeId) })} <Moment at={finishedAt} />
    </li>
  );
}
