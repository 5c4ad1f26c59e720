import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSettings } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Allowed } from '../../../app/gate';
import { formatMoney, sum, type Money } from '../../../lib/money';
import { formatWeekdayTime, timeLeft } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';
import { usePayoutCounts, usePreview, type BusinessDay } from '../queries';
import classes from '../payouts.module.css';
import { NotBegun, useHasBegun } from './not-begun';
import { useNeedsYou } from './use-needs-you';

const EVERYTHING = { day: null, person: null };

/**
 * Warns whoever looks after payouts before the cut-off: what has failed, who is on hold, with the
 * sums, and what the closing would pay. It has its size before the answers are there.
 */
export function BeforeCutOff({
  openDay,
  hasLink,
}: {
  /** The day that ends next; undefined while it is not known. */
  openDay: Pick<BusinessDay, 'day' | 'cutOffAt'> | undefined;
  /** Whether it leads to the failed payouts; not where they are shown below. */
  hasLink: boolean;
}) {
  const { t } = useTranslation('payouts');
  const failed = useFailed();
  const hasBegun = useHasBegun(openDay?.day);
  const preview = usePreview(hasBegun ? openDay?.day : undefined);
  const held = preview.data?.held;
  const isWarning = (failed.count ?? 0) > 0 || (held?.count ?? 0) > 0;
  const isAway = preview.error !== null;
  const planned = preview.data?.payouts.planned ?? 0;
  return (
    <section className={classes['strip']} data-tone={isWarning ? 'out' : undefined}>
      <Heading cutOffAt={openDay?.cutOffAt} />
      {!hasBegun && openDay && <NotBegun day={openDay.day} />}
      <dl className={classes['before']}>
        <Slot
          name={t('before.failed')}
          why={t('before.failedWhy')}
          isWarning={(failed.count ?? 0) > 0}
          isAway={failed.isAway}
          link={hasLink ? { to: addresses.payouts, label: t('before.showFailed') } : null}
          count={failed.count}
          words={(count) => (count === 0 ? t('before.none') : t('before.payouts', { count }))}
          amount={failed.amount}
        />
        <Slot
          name={t('before.held')}
          why={t('before.heldWhy')}
          isWarning={(held?.count ?? 0) > 0}
          isAway={isAway}
          link={{ to: `${addresses.accounts}?filter=held`, label: t('before.showHeld') }}
          count={held?.count}
          words={(count) => (count === 0 ? t('before.nobody') : t('day.people', { count }))}
          amount={held?.amount}
        />
        <Slot
          name={t('before.planned')}
          why={t('before.plannedWhy')}
          isAway={isAway}
          count={preview.data && planned}
          words={(count) => (count === 0 ? t('before.none') : t('before.payouts', { count }))}
          amount={preview.data?.payoutTotal}
        />
      </dl>
    </section>
  );
}

/** Failed payouts of all days: their number, and their sum once all of them are fetched. */
function useFailed(): { count: number | undefined; amount: Money | undefined; isAway: boolean } {
  const counts = usePayoutCounts(EVERYTHING);
  const count = counts.data?.failed;
  const needsYou = useNeedsYou(EVERYTHING, (count ?? 0) > 0);
  const failed = needsYou.data?.filter(({ state }) => state === 'failed') ?? [];
  // A part of them has no sum.
  const amount = failed.length === count ? sum(failed.map((payout) => payout.amount)) : null;
  return { count, amount: amount ?? undefined, isAway: counts.error !== null };
}

function Heading({ cutOffAt }: { cutOffAt: string | undefined }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone;
  const now = useNow();
  const isKnown = cutOffAt !== undefined && zone !== undefined;
  const { hours, minutes } = isKnown ? timeLeft(cutOffAt, now) : { hours: 0, minutes: 0 };
  const time = isKnown ? formatWeekdayTime(cutOffAt, language, zone) : '…';
  return (
    <h2>
      {t('before.title', { time })}
      {isKnown && (
        <span className="quiet">
          {' · '}
          {hours + minutes > 0 ? t('before.left', { hours, minutes }) : t('before.over')}
        </span>
      )}
    </h2>
  );
}

function Slot({
  name,
  why,
  count,
  words,
  amount,
  isWarning = false,
  isAway,
  link = null,
}: {
  name: string;
  why: string;
  /** Undefined while it is not known. */
  count: number | undefined;
  words: (count: number) => ReactNode;
  amount: Money | undefined;
  isWarning?: boolean;
  isAway: boolean;
  link?: { to: string; label: string } | null;
}) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const isThere = count !== undefined && count > 0;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span data-warns={isWarning}>
          {count === undefined && (isAway ? t('before.unknown') : '…')}
          {count !== undefined && words(count)}
          {isThere && amount && ` · ${formatMoney(amount, language)}`}
        </span>{' '}
        {isThere && link && <ShowLink {...link} />}
        <p className="quiet">{why}</p>
      </dd>
    </div>
  );
}

function ShowLink({ to, label }: { to: string; label: string }) {
  const { t } = useTranslation('payouts');
  const link = (
    <Link to={to} aria-label={label}>
      {t('before.show')}
    </Link>
  );
  return to.startsWith(addresses.accounts) ? (
    <Allowed to="accounting.view-all">{link}</Allowed>
  ) : (
    link
  );
}
