import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';
import classes from './problem-card.module.css';
import { RequestId } from './request-id';
import { useProblemText } from './use-problem-text';

/** Failure of a part of a page, in its place: reason, request id, and another try. */
export function ProblemCard({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <section className={classes['card']} role="alert">
      <h2>{t('failure.title')}</h2>
      <p>{text(problem)}</p>
      <RequestId problem={problem} />
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('actions.tryAgain')}
        </Button>
      )}
    </section>
  );
}
