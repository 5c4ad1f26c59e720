import { useTranslation } from 'react-i18next';
import { negated, signOf, type Money } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { useLanguage } from '../../../ui/use-language';
import classes from '../analytics.module.css';
import type { DayEarnings } from '../queries';

/** Fees − rewards ± corrections = earned, of the open business day. */
export function CurrentDay({
  figures: { day, fees, rewards, corrections, earned },
}: {
  figures: DayEarnings;
}) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  const isTakenAway = signOf(corrections) < 0;
  return (
    <section className={classes['part']}>
      <h2>{t('current', { day: formatDay(day, language, { weekday: true }) })}</h2>
      <dl className={classes['figures']}>
        <Figure name={t('figures.fees')} value={fees} />
        <Figure sign="−" word={t('minus')} name={t('figures.rewards')} value={rewards} />
        <Figure
          sign={isTakenAway ? '−' : '+'}
          word={t(isTakenAway ? 'minus' : 'plus')}
          name={t('figures.corrections')}
          value={isTakenAway ? negated(corrections) : corrections}
        />
        <Figure sign="=" word={t('equals')} name={t('figures.earned')} value={earned} isResult />
      </dl>
    </section>
  );
}

function Figure({
  sign,
  word,
  name,
  value,
  isResult = false,
}: {
  sign?: string;
  word?: string;
  name: string;
  value: Money;
  isResult?: boolean;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isResult ? classes['earned'] : undefined}>
        {sign !== undefined && (
          <span className={classes['sign']}>
            <span aria-hidden>{sign}</span>
            <span className="visually-hidden">{word}</span>
          </span>
        )}
        <Amount value={value} tone={isResult ? 'meaning' : 'none'} />
      </dd>
    </div>
  );
}
