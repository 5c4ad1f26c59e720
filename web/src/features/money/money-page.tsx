import { useTranslation } from 'react-i18next';
import { OwnBankAccount } from '../../shared/bank-account/own-bank-account';
import { FIELDS, Statement } from '../../shared/statement/statement';
import { useSettings } from '../../api/session';
import { useAddress } from '../../lib/address';
import { cityOf, formatTime, viewerZone } from '../../lib/time';
import { Fetched } from '../../ui/fetched';
import { useLanguage } from '../../ui/use-language';
import { WhenSeen } from '../../ui/when-seen';
import { BalanceChart } from './parts/balance-chart';
import { Figures } from './parts/figures';
import { OwnPayouts } from './parts/own-payouts';
import { useOwnAccount, useOwnPayouts } from './queries';
import classes from './money.module.css';

const ROWS = 4;
const CHART_PX = 180;

/** Own money: what there is, what tonight brings, and every line that made it so. */
export function MoneyPage() {
  const { t } = useTranslation('money');
  const account = useOwnAccount();
  const address = useAddress(FIELDS);
  const { data: payouts } = useOwnPayouts();
  // One strip is enough: what is below comes from the same service.
  const isAway = account.data === undefined && account.error !== null;
  return (
    <>
      <h1>{t('title')}</h1>
      <Zones />
      <Fetched query={account} rows={ROWS}>
        {(own) => (
          <>
            <Figures account={own} />
            <div className={classes['standing']}>
              <OwnBankAccount account={own} />
              <p>
                {own.payoutsHeld === null
                  ? t('notHeld')
                  : t('held', { reason: own.payoutsHeld.reason })}
              </p>
            </div>
            <WhenSeen height={CHART_PX}>
              <BalanceChart />
            </WhenSeen>
          </>
        )}
      </Fetched>
      {!isAway && (
        <>
          <Statement
            holder="me"
            openDay={account.data?.openDay.day ?? null}
            address={address}
            emptyWhy={t('emptyWhy')}
            payouts={payouts}
          />
          <OwnPayouts />
        </>
      )}
    </>
  );
}

/** Says once in which zones times and business days are, where they differ. */
function Zones() {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const settings = useSettings().data;
  const { data: account } = useOwnAccount();
  const zone = viewerZone();
  if (!settings || !account || settings.businessTimeZone === zone) return null;
  return (
    <p className="quiet">
      {t('zones', {
        here: cityOf(zone),
        there: cityOf(settings.businessTimeZone),
        cutOff: settings.cutOff,
        yours: formatTime(account.openDay.cutOffAt, language, zone),
      })}
    </p>
  );
}
