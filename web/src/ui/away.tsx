import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';
import classes from './away.module.css';

const SECOND_MS = 1_000;
const DEFAULT_MS = 5_000;

/**
 * Strip of text for a part of the exchange that is away: counts down to the next try, which it
 * starts by itself. The rest of the page goes on.
 */
export function Away({
  problem,
  onRetry,
  children,
}: {
  problem: Problem;
  onRetry: () => void;
  children?: React.ReactNode;
}) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(() => secondsOf(problem));
  useEffect(() => setLeft(secondsOf(problem)), [problem]);
  useEffect(() => {
    if (left <= 0) return onRetry();
    const timer = setTimeout(() => setLeft((seconds) => seconds - 1), SECOND_MS);
    return () => clearTimeout(timer);
  }, [left, onRetry]);
  return (
    <div className={classes['strip']} role="status">
      <span>
        {children}{' '}
        <span aria-live="off">
          {left > 0 ? t('failure.away', { seconds: left }) : t('failure.awayNow')}
        </span>
      </span>
      <Button variant="subtle" size="compact-sm" onClick={() => setLeft(0)}>
        {t('actions.tryAgain')}
      </Button>
    </div>
  );
}

const secondsOf = ({ retryAfterMs }: Problem): number =>
  Math.ceil((retryAfterMs ?? DEFAULT_MS) / SECOND_MS);
