import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useChange } from '../../api/change';
import { usePeople } from '../../api/people';
import { addresses } from '../../app/addresses';
import { oneOf, useAddress } from '../../lib/address';
import { formatDay } from '../../lib/time';
import { CsvLink } from '../../ui/csv-link';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { sayDone, sayFailed } from '../../ui/toasts';
import { useLanguage } from '../../ui/use-language';
import { BankStrip } from './parts/bank-strip';
import { CloseDay } from './parts/close-day';
import { useRange } from './parts/day-name';
import { DayState } from './parts/day-state';
import { DayFigures } from './parts/earned';
import { PayoutList, PayoutTabs } from './parts/payout-list';
import { Progress } from './parts/progress';
import { useNeedsYou } from './parts/use-needs-you';
import {
  STATES,
  STATES_OF,
  TABS,
  TOUCHED,
  countOf,
  filtersOf,
  useDay,
  type BusinessDay,
} from './queries';
import classes from './payouts.module.css';

const FIELDS = { tab: oneOf(TABS, 'all') };
const ROWS = 8;

/** One business day: its figures, and what became of its payouts. */
export function DayPage() {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const { day: name = '' } = useParams();
  const day = useDay(name);
  const isDay = day.data !== undefined;
  return (
    <>
      <p className={classes['back']}>
        <Link to={addresses.days}>{t('days.title')}</Link>
      </p>
      <h1>
        {isDay
          ? t('day.title', { day: formatDay(day.data.day, language, { year: true }) })
          : t('days.day')}
      </h1>
      <Fetched query={day} rows={ROWS}>
        {(shown) => (
          <>
            <Head day={shown} />
            <DayFigures day={shown} />
            {shown.state === 'open' ? (
              <>
                <p className="quiet">{t('day.planned')}</p>
                <CloseDay day={shown.day} />
              </>
            ) : (
              <Payouts day={shown} />
            )}
          </>
        )}
      </Fetched>
    </>
  );
}

function Head({ day }: { day: BusinessDay }) {
  const nameOf = usePeople([day.closedBy]);
  const range = useRange(day);
  return (
    <p>
      {range} · <DayState day={day} nameOf={nameOf} />
    </p>
  );
}

function Payouts({ day: { day, payouts: counts } }: { day: BusinessDay }) {
  const { t } = useTranslation('payouts');
  const { values, change } = useAddress(FIELDS);
  const { tab } = values;
  const asked = { day, person: null };
  const needsYou = useNeedsYou(
    asked,
    tab === 'needs-you' || countOf(counts, STATES_OF['needs-you']) > 0,
  );
  if (countOf(counts, STATES) === 0) return <Empty title={t('day.noPayouts')} />;
  return (
    <section aria-label={t('day.payouts')}>
      <div className={classes['head']}>
        <h2>{t('day.payouts')}</h2>
        <CsvLink path="/api/v1/payouts.csv" filters={filtersOf(asked, tab)} />
      </div>
      <BankStrip counts={counts} settledCount={countOf(counts, STATES)} />
      <Progress counts={counts} />
      <div className={classes['toolbar']}>
        <PayoutTabs
          tabs={TABS}
          counts={counts}
          needy={needsYou.count}
          value={tab}
          onChange={(chosen) => change({ tab: chosen })}
        />
        {(counts.failed ?? 0) > 0 && <RetryFailed day={day} count={counts.failed!} />}
      </div>
      <PayoutList
        asked={asked}
        tab={tab}
        needsYou={needsYou}
        counts={counts}
        hasDay={false}
        onClear={null}
      />
    </section>
  );
}

/** Tries all failed payouts of the day again; those on hold and one's own are left out. */
function RetryFailed({ day, count }: { day: string; count: number }) {
  const { t } = useTranslation('payouts');
  const retry = useChange('post', '/api/v1/payouts/retry', {
    touches: TOUCHED,
    onDone(answer) {
      const retried = answer?.count ?? 0;
      const said = retried === 0 ? t('day.retriedNone') : t('day.retried', { count: retried });
      sayDone(retried < count ? `${said}. ${t('day.leftOut')}` : said);
    },
    onRefused: (problem) => sayFailed({ what: t('day.notRetried'), problem, onRetry: send }),
  });
  const send = (): void => retry.send({ body: { day } });
  return (
    <Button variant="default" loading={retry.isBusy} onClick={send}>
      {t('day.retry', { count })}
    </Button>
  );
}
