import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { spreadOf } from '../../../lib/binomial';
import { Amount } from '../../../ui/amount';
import { Empty } from '../../../ui/empty';
import { useLanguage } from '../../../ui/use-language';
import classes from '../distribution.module.css';
import type { Preview as Data } from '../queries';
import { Folded } from './folded';
import { Shares } from './shares';

const STEPS = '▁▂▃▄▅▆▇█';
const TENTH = 10;

/** What a press of the button would do, in words and numbers. */
export function Preview({ preview }: { preview: Data }) {
  const { t } = useTranslation('distribution');
  const { scope, taskCount, people, creators, fees } = preview;
  if (taskCount === 0) return <Empty title={t('empty.title')}>{t(`empty.${scope}`)}</Empty>;
  if (people.length === 0) {
    return <Empty title={t('nobody.title')}>{t('nobody.why')}</Empty>;
  }
  return (
    <section className={classes['preview']} aria-labelledby="if-pressed">
      <h2 id="if-pressed">{t('preview.title')}</h2>
      <p className={classes['figures']}>
        <span>{t('preview.tasks', { count: taskCount })}</span>
        <span aria-hidden>→</span>
        <Each people={people} />
      </p>
      <p>
        {t('preview.fees')}{' '}
        <strong>
          <Amount value={fees} />
        </strong>
      </p>
      <Spread tasks={taskCount} people={people.length} />
      {scope === 'open' && (
        <p className={classes['warning']}>
          <span aria-hidden>⚠</span> {t('preview.chargesAgain')}
        </p>
      )}
      <Folded summary={t('preview.names', { count: people.length })}>
        {() => <Names ids={people.map(({ userId }) => userId)} />}
      </Folded>
      <Folded summary={t('preview.creators')}>
        {() => <Shares label={t('preview.creators')} people={creators} />}
      </Folded>
    </section>
  );
}

function Each({ people }: { people: Data['people'] }) {
  const { t } = useTranslation('distribution');
  const language = useLanguage();
  // The mean is the same for all.
  const mean = Math.round((people[0]?.taskCount ?? 0) * TENTH) / TENTH;
  const each = mean.toLocaleString(language);
  return <span>{t('preview.people', { count: people.length, each })}</span>;
}

function Spread({ tasks, people }: { tasks: number; people: number }) {
  const { t } = useTranslation('distribution');
  const language = useLanguage();
  const { fewest, most, curve } = useMemo(() => spreadOf(tasks, people), [tasks, people]);
  const steps = curve.map((part) => STEPS[Math.round(part * (STEPS.length - 1))]);
  const numbers = { fewest: fewest.toLocaleString(language), most: most.toLocaleString(language) };
  return (
    <p>
      {t('preview.spread')}{' '}
      <span aria-hidden className={classes['curve']}>
        {steps.join('')}
      </span>{' '}
      <span className={classes['numbers']} title={t('preview.spreadWhy')}>
        {t('preview.fromTo', numbers)}
      </span>
    </p>
  );
}

function Names({ ids }: { ids: readonly string[] }) {
  const nameOf = usePeople(ids);
  return (
    <ul className={classes['names']}>
      {ids.map((id) => (
        <li key={id}>{nameOf(id)}</li>
      ))}
    </ul>
  );
}
