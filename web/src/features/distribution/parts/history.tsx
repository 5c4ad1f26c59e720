import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { Amount } from '../../../ui/amount';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Moment } from '../../../ui/moment';
import classes from '../distribution.module.css';
import { HISTORY_PAGE, type Distribution, type useDistributions } from '../queries';
import { Folded } from './folded';
import { Shares } from './shares';

const ROWS = 4;

/** Earlier distributions, each opening to who got how many. */
export function History({ list }: { list: ReturnType<typeof useDistributions> }) {
  const { t } = useTranslation('distribution');
  const nameOf = usePeople(list.data?.map(({ by }) => by) ?? []);
  return (
    <section className={classes['history']} aria-labelledby="earlier">
      <h2 id="earlier">{t('history.title')}</h2>
      <Fetched query={list} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('history.empty')}</p>
          ) : (
            <ul className={classes['earlier']}>
              {items.map((each) => (
                <li key={each.id}>
                  <Folded summary={<Line distribution={each} name={nameOf(each.by)} />}>
                    {() => <Shares label={t('result.shares')} people={each.people} />}
                  </Folded>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
      <ListEnd list={list} shown={list.data?.length ?? 0} page={HISTORY_PAGE} />
    </section>
  );
}

function Line({
  distribution: { at, scope, taskCount, people, fees },
  name,
}: {
  distribution: Distribution;
  name: string;
}) {
  const { t } = useTranslation('distribution');
  return (
    <span className={classes['line']}>
      <Moment at={at} />
      <span>{name}</span>
      <span>{t(`scope.${scope}`)}</span>
      <span>{t('preview.tasks', { count: taskCount })}</span>
      <span>{t('history.people', { count: people.length })}</span>
      <span>{fees !== null && <Amount value={fees} />}</span>
    </span>
  );
}
