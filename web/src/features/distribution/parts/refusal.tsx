import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import type { Problem } from '../../../api/problems';
import { RequestId } from '../../../ui/request-id';
import { useProblemText } from '../../../ui/use-problem-text';
import classes from '../distribution.module.css';
import { lastOf, type Distribution, type Last } from '../queries';
import { useWhen } from './use-when';

/** Why nothing was distributed; who did it meanwhile, or that a press without answer is safe. */
export function Refusal({
  problem,
  history,
}: {
  problem: Problem;
  history: readonly Distribution[] | undefined;
}) {
  const { t } = useTranslation('distribution');
  const text = useProblemText();
  const last = lastOf(problem);
  const alert = useRef<HTMLDivElement>(null);
  // The button that was pressed lost the focus while it was busy.
  useEffect(() => alert.current?.focus(), []);
  return (
    <div role="alert" ref={alert} tabIndex={-1} className={classes['refusal']}>
      {last ? (
        <Meanwhile last={last} taskCount={history?.find(({ id }) => id === last.id)?.taskCount} />
      ) : (
        <p>{text(problem)}</p>
      )}
      {problem.isAway && <p>{t('refused.again')}</p>}
      <RequestId problem={problem} />
    </div>
  );
}

function Meanwhile({ last, taskCount }: { last: Last; taskCount: number | undefined }) {
  const { t } = useTranslation('distribution');
  const name = usePeople([last.by])(last.by);
  const when = useWhen()(last.at);
  return (
    <p>
      {taskCount === undefined
        ? t('refused.meanwhile', { name, when })
        : t('refused.meanwhileCount', { name, when, count: taskCount })}
    </p>
  );
}
