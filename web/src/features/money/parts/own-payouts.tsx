import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { CsvLink } from '../../../ui/csv-link';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Rows } from '../../../ui/rows';
import { useLanguage } from '../../../ui/use-language';
import { useOwnPayouts, type Payout } from '../queries';
import classes from '../money.module.css';
import { PayoutWords } from './payout-words';

const ROWS = 3;
const WIDTHS = { day: '112px', amount: '120px' };
const idOf = ({ id }: Payout): string => id;

/** Own payouts: what became of each, in words. */
export function OwnPayouts() {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const payouts = useOwnPayouts();
  const state = (payout: Payout) => <PayoutWords payout={payout} />;
  return (
    <section aria-labelledby="payouts">
      <div className={classes['head']}>
        <h2 id="payouts">{t('payouts.title')}</h2>
        <CsvLink path="/api/v1/accounts/me/payouts.csv" />
      </div>
      <Fetched query={payouts} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('payouts.empty')}</p>
          ) : (
            <Rows
              caption={t('payouts.title')}
              rows={items}
              keyOf={idOf}
              columns={[
                {
                  key: 'day',
                  title: t('payouts.day'),
                  width: WIDTHS.day,
                  cell: ({ day }) => formatDay(day, language),
                },
                { key: 'state', title: t('payouts.state'), cell: state },
                {
                  key: 'amount',
                  title: t('payouts.amount'),
                  width: WIDTHS.amount,
                  align: 'end',
                  cell: ({ amount }) => <Amount value={amount} />,
                },
              ]}
              card={(payout) => (
                <div className={classes['card']}>
                  <span>{formatDay(payout.day, language)}</span>
                  <Amount value={payout.amount} />
                  {state(payout)}
                </div>
              )}
            />
          )
        }
      </Fetched>
      <ListEnd list={payouts} shown={payouts.data?.length ?? 0} />
    </section>
  );
}
