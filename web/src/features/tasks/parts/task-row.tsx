import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/client';
import type { Problem } from '../../../api/problems';
import { useMe } from '../../../api/session';
import { formatMoney, negated } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import { Moment } from '../../../ui/moment';
import { useLanguage } from '../../../ui/use-language';
import classes from '../tasks.module.css';
import { TaskName } from './task-name';
import { useFinish } from './use-finish';

type Task = Schemas['Task'];

/** One task: what it cost, what it pays, and one button. */
export function TaskRow({
  task,
  onSent,
  onRefused,
}: {
  task: Task;
  onSent: (task: Task) => void;
  onRefused: (problem: Problem, task: Task) => void;
}) {
  const { t } = useTranslation('tasks');
  const language = useLanguage();
  const { state, press, disarm } = useFinish(task, { onSent, onRefused });
  const reward = formatMoney(task.reward, language, 'always');
  if (state === 'sent' || state === 'booked') {
    return (
      <li className={classes['folded']} role="status">
        <TaskName task={task} />
        <span className={classes['good']}>
          ✓ {t(state === 'sent' ? 'row.onItsWay' : 'row.inBalance', { reward })}
        </span>
      </li>
    );
  }
  return (
    <li className={classes['row']}>
      <div className={classes['what']}>
        <TaskName task={task} />
        <Story task={task} />
      </div>
      <dl className={classes['sums']}>
        <dt>{t('row.fee')}</dt>
        <dd>
          <Amount value={negated(task.fee)} sign="always" tone="meaning" />
        </dd>
        <dt>{t('row.reward')}</dt>
        <dd>
          <Amount value={task.reward} sign="always" tone="meaning" />
        </dd>
      </dl>
      <FinishButton
        task={task}
        isArmed={state === 'armed'}
        reward={reward}
        onPress={press}
        onDisarm={disarm}
      />
    </li>
  );
}

function FinishButton({
  task,
  isArmed,
  reward,
  onPress,
  onDisarm,
}: {
  task: Task;
  isArmed: boolean;
  reward: string;
  onPress: () => void;
  onDisarm: () => void;
}) {
  const { t } = useTranslation('tasks');
  const me = useMe();
  if (task.status !== 'open' || task.assigneeId !== me?.id) return null;
  return (
    <Button
      className={classes['finish']}
      variant={isArmed ? 'filled' : 'default'}
      aria-pressed={isArmed}
      onClick={onPress}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onDisarm();
      }}
    >
      {isArmed ? t('row.armed') : t('row.finish', { reward })}
    </Button>
  );
}

/** When it was dealt and how often, or what became of it. */
function Story({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  if (task.status === 'cancelled') return <span className="quiet">{t('row.cancelled')}</span>;
  if (task.finishedAt !== null) {
    return (
      <span className="quiet">
        {t('row.finished')} <Moment at={task.finishedAt} />
      </span>
    );
  }
  if (task.assignedAt === null) return <span className="quiet">{t('row.waits')}</span>;
  const isAgain = task.assignmentNumber > 1;
  return (
    <span className="quiet">
      {t('row.dealt')} <Moment at={task.assignedAt} />
      {isAgain && ` · ${t('row.dealtAgain', { count: task.assignmentNumber, ordinal: true })}`}
    </span>
  );
}
