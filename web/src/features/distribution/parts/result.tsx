import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addresses } from '../../../app/addresses';
import { Amount } from '../../../ui/amount';
import classes from '../distribution.module.css';
import type { Distribution } from '../queries';
import { Shares } from './shares';

/** What a distribution did: as the server says, after it is done. */
export function Result({
  distribution: { taskCount, people, fees },
  onAgain,
}: {
  distribution: Distribution;
  onAgain: () => void;
}) {
  const { t } = useTranslation('distribution');
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={classes['preview']} aria-labelledby="result">
      <h2 id="result" ref={heading} tabIndex={-1} className={classes['done']}>
        <span aria-hidden>✓</span> {t('result.title')}
      </h2>
      <p className={classes['figures']}>
        <span>{t('preview.tasks', { count: taskCount })}</span>
        <span aria-hidden>→</span>
        <span>{t('history.people', { count: people.length })}</span>
      </p>
      {fees !== null && (
        <p>
          {t('result.fees')}{' '}
          <strong>
            <Amount value={fees} />
          </strong>
        </p>
      )}
      <Shares label={t('result.shares')} people={people} />
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onAgain}>
          {t('result.again')}
        </Button>
        <Button component={Link} to={addresses.home}>
          {t('result.back')}
        </Button>
      </div>
    </section>
  );
}
