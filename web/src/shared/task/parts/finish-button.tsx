import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { formatMoney } from '../../../lib/money';
import { useRowTabIndex } from '../../../ui/row-focus';
import { useLanguage } from '../../../ui/use-language';
import { isFinishedBy, type Task } from '../queries';
import classes from '../task.module.css';
import type { Finishing } from '../use-finishing';

/**
 * Button of the assignee that finishes the task in two presses on one spot; afterwards, what became
 * of the reward. Nothing for anybody else.
 */
export function FinishButton({
  task,
  finishing,
  where,
}: {
  task: Task;
  finishing: Finishing;
  where?: string;
}) {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const tabIndex = useRowTabIndex();
  const me = useMe();
  const state = finishing.stateOf(task);
  const reward = formatMoney(task.reward, language, 'always');
  if (state === 'sent' || state === 'booked') {
    return (
      <span className={classes['good']}>
        ✓ {t(state === 'sent' ? 'finish.onItsWay' : 'finish.inBalance', { reward })}
      </span>
    );
  }
  if (!isFinishedBy(task, me)) return null;
  const isArmed = state === 'armed';
  return (
    <Button
      className={classes['finish']}
      variant={isArmed ? 'filled' : 'default'}
      aria-pressed={isArmed}
      tabIndex={tabIndex}
      onClick={() => finishing.press(task, where)}
    >
      {isArmed ? t('finish.armed') : t('finish.press', { reward })}
    </Button>
  );
}
