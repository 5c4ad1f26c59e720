import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { Bar } from '../../../ui/bar';
import classes from '../distribution.module.css';
import type { Share } from '../queries';

const SHOWN = 50;

/** Who has how many tasks, as bars, in the order of the server: most first. */
export function Shares({ label, people }: { label: string; people: readonly Share[] }) {
  const { t } = useTranslation('distribution');
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? people : people.slice(0, SHOWN);
  const nameOf = usePeople(shown.map(({ userId }) => userId));
  const largest = Math.max(0, ...people.map(({ taskCount }) => taskCount));
  return (
    <>
      <ul className={classes['shares']} aria-label={label}>
        {shown.map(({ userId, taskCount }) => (
          <li key={userId}>
            <span>{nameOf(userId)}</span>
            <Bar value={taskCount} largest={largest} />
          </li>
        ))}
      </ul>
      {shown.length < people.length && (
        <Button variant="default" onClick={() => showWhole(true)}>
          {t('shares.all', { count: people.length })}
        </Button>
      )}
    </>
  );
}
