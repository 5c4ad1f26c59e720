import { useTranslation } from 'react-i18next';
import { negated } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import type { BusinessDay } from '../queries';
import classes from '../payouts.module.css';

/** What the company earned: fees − rewards ± corrections, each as the server says it. */
export function Earned({ day }: { day: BusinessDay }) {
  const { t } = useTranslation('payouts');
  const rewards = negated(day.rewards);
  return (
    <>
      <div>
        <dt>{t('days.fees')}</dt>
        <dd>
          <Amount value={day.fees} sign="always" />
        </dd>
      </div>
      <div>
        <dt>{t('days.rewards')}</dt>
        <dd>
          <Amount value={rewards} sign="always" />
        </dd>
      </div>
      <div>
        <dt>{t('days.corrections')}</dt>
        <dd>
          <Amount value={day.corrections} sign="always" />
        </dd>
      </div>
      <div data-sum>
        <dt>{t('days.earned')}</dt>
        <dd>
          <Amount value={day.earned} tone="meaning" />
        </dd>
      </div>
    </>
  );
}

/** Figures of a day. Those of payouts are there once it is closed. */
export function DayFigures({ day }: { day: BusinessDay }) {
  const { t } = useTranslation('payouts');
  const isClosed = day.state === 'closed';
  return (
    <dl className={classes['figures']}>
      <Earned day={day} />
      {day.returned.amount !== '0' && (
        <div>
          <dt>{t('day.returned')}</dt>
          <dd>
            <Amount value={day.returned} />
          </dd>
        </div>
      )}
      {isClosed && (
        <div>
          <dt>{t('day.payoutTotal')}</dt>
          <dd>
            <Amount value={day.payoutTotal} />
          </dd>
        </div>
      )}
      {isClosed && <People name={t('day.carried')} of={day.carried} />}
      {isClosed && <People name={t('day.held')} of={day.held} />}
    </dl>
  );
}

function People({ name, of: { count, amount } }: { name: string; of: BusinessDay['held'] }) {
  const { t } = useTranslation('payouts');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {count === 0 ? (
          <span className="quiet">{t('day.nobody')}</span>
        ) : (
          <>
            {t('day.people', { count })} · <Amount value={amount} />
          </>
        )}
      </dd>
    </div>
  );
}
