import { useTranslation } from 'react-i18next';
import { generatePath, Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { useMay } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Amount } from '../../../ui/amount';
import { Fetched } from '../../../ui/fetched';
import { Moment } from '../../../ui/moment';
import { useLanguage } from '../../../ui/use-language';
import classes from '../analytics.module.css';
import { useBelowZero } from '../queries';

const ROWS = 4;

/** Who is below zero now, and since when; the lowest first. */
export function BelowZero() {
  const { t } = useTranslation('analytics');
  const belowZero = useBelowZero();
  return (
    <section className={classes['part']}>
      <h2>{t('belowZero.title')}</h2>
      <Fetched query={belowZero} rows={ROWS}>
        {(found) =>
          found.count === 0 ? <p>✓ {t('belowZero.nobody')}</p> : <People found={found} />
        }
      </Fetched>
    </section>
  );
}

function People({ found: { count, items } }: { found: Schemas['BelowZero'] }) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  const maySeeAccounts = useMay('accounting.view-all');
  const number = (value: number): string => value.toLocaleString(language);
  return (
    <>
      <p>
        {t('belowZero.count', { count })}
        {items.length < count &&
          ` · ${t('belowZero.first', { shown: number(items.length), total: number(count) })}`}
      </p>
      <ul className={classes['people']} aria-label={t('belowZero.caption')}>
        {items.map(({ userId, nickname, balance, since }) => (
          <li key={userId}>
            {maySeeAccounts ? (
              <Link to={generatePath(addresses.account, { userId })}>{nickname}</Link>
            ) : (
              <span>{nickname}</span>
            )}
            <Amount value={balance} tone="meaning" />
            <span className="quiet">
              {t('belowZero.since')}: <Moment at={since} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
