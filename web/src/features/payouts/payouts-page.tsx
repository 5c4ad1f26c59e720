import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { usePeople } from '../../api/people';
import { day, id, oneOf, useAddress, type Address } from '../../lib/address';
import { formatDay } from '../../lib/time';
import { CsvLink } from '../../ui/csv-link';
import { TextInput } from '../../ui/fields';
import { FilterChips } from '../../ui/filters';
import { PersonPicker } from '../../ui/person-picker';
import { useLanguage } from '../../ui/use-language';
import { BankStrip } from './parts/bank-strip';
import { BeforeCutOff } from './parts/before-cut-off';
import { PayoutList, PayoutTabs } from './parts/payout-list';
import { useNeedsYou } from './parts/use-needs-you';
import { STATES_OF, countOf, filtersOf, usePayoutCounts, type Tab } from './queries';
import classes from './payouts.module.css';

const SHOWN = [
  'needs-you',
  'under-way',
  'paid',
  'given-back',
  'all',
] as const satisfies readonly Tab[];
const FIELDS = { tab: oneOf(SHOWN, 'needs-you'), day, person: id };

/** Payouts of everybody: opens on what needs a person. */
export function PayoutsPage() {
  const { t } = useTranslation('payouts');
  const address = useAddress(FIELDS);
  const { values, change } = address;
  const { tab, ...asked } = values;
  const isFiltered = asked.day !== null || asked.person !== null;
  const { data: account } = $api.useQuery('get', '/api/v1/accounts/me', {});
  const counts = usePayoutCounts(asked).data;
  const isNeeded = !!counts && countOf(counts, STATES_OF['needs-you']) > 0;
  const needsYou = useNeedsYou(asked, tab === 'needs-you' || isNeeded);
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('list.title')}</h1>
        <CsvLink path="/api/v1/payouts.csv" filters={filtersOf(asked, tab)} />
      </div>
      {!isFiltered && <BeforeCutOff openDay={account?.openDay} hasLink={tab !== 'needs-you'} />}
      {!isFiltered && counts && <BankStrip counts={counts} settledCount={null} />}
      <PayoutTabs
        tabs={SHOWN}
        counts={counts}
        needy={needsYou.count}
        value={tab}
        onChange={(chosen) => change({ tab: chosen as (typeof SHOWN)[number] })}
      />
      <Filters address={address} />
      <PayoutList
        asked={asked}
        tab={tab}
        needsYou={needsYou}
        counts={counts}
        hasDay
        onClear={isFiltered ? () => change({ day: null, person: null }) : null}
      />
    </>
  );
}

function Filters({ address: { values, change } }: { address: Address<typeof FIELDS> }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const { day: chosen, person } = values;
  const nameOf = usePeople([person]);
  const chips = [
    ...(person === null
      ? []
      : [
          {
            key: 'person',
            text: t('chips.person', { name: nameOf(person) }),
            onRemove: () => change({ person: null }),
          },
        ]),
    ...(chosen === null
      ? []
      : [
          {
            key: 'day',
            text: t('chips.day', { day: formatDay(chosen, language, { year: true }) }),
            onRemove: () => change({ day: null }),
          },
        ]),
  ];
  return (
    <>
      <div className={classes['filters']}>
        <PersonPicker
          label={t('filters.person')}
          value={person}
          onChange={(userId) => change({ person: userId })}
        />
        <TextInput
          type="date"
          label={t('filters.day')}
          value={chosen ?? ''}
          onChange={({ currentTarget }) => change({ day: currentTarget.value || null })}
        />
      </div>
      <FilterChips chips={chips} onClear={() => change({ day: null, person: null })} />
    </>
  );
}
