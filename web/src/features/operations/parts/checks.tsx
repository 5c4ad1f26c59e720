import { useTranslation } from 'react-i18next';
import { Moment } from '../../../ui/moment';
import classes from '../operations.module.css';
import type { Comparison, ReachedService } from '../queries';
import { useWords } from './use-words';

/** Checks of money and comparisons with neighbours, each with when it was made last; folded. */
export function Checks({ status: { invariants, reconciliations } }: { status: ReachedService }) {
  const { t } = useTranslation('operations');
  if (invariants.length + reconciliations.length === 0) return null;
  return (
    <details className={classes['fold']}>
      <summary>{t('status.details')}</summary>
      <ul className={classes['checks']}>
        {invariants.map((invariant) => (
          <Invariant key={invariant.name} invariant={invariant} />
        ))}
        {reconciliations.map((comparison) => (
          <ComparisonLine key={comparison.name} comparison={comparison} />
        ))}
      </ul>
    </details>
  );
}

function Invariant({
  invariant: { name, faults, provenAt },
}: {
  invariant: ReachedService['invariants'][number];
}) {
  const { t } = useTranslation('operations');
  const words = useWords();
  return (
    <li>
      {words.invariant(name)}: {faults === null && <Unknown />}
      {faults === 0 && <span className={classes['good']}>✓ {t('check.holds')}</span>}
      {faults !== null && faults > 0 && (
        <span className={classes['failed']}>✕ {t('check.faults', { count: faults })}</span>
      )}
      {provenAt !== null && <At moment={provenAt} />}
    </li>
  );
}

/** Result of a comparison: what is missing, by id, as far as it is named. */
export function ComparisonLine({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation('operations');
  const words = useWords();
  const { name, lastRunAt, lastSuccessAt, missing, missingIds, error } = comparison;
  return (
    <li>
      {words.comparison(name)}:{' '}
      {error !== null ? (
        <span className={classes['failed']}>✕ {t('check.failed', { error })}</span>
      ) : lastRunAt === null ? (
        <span className={classes['waiting']}>… {t('check.never')}</span>
      ) : missing > 0 ? (
        <span className={classes['failed']}>✕ {t('check.missing', { count: missing })}</span>
      ) : (
        <span className={classes['good']}>✓ {t('check.complete')}</span>
      )}
      {lastSuccessAt !== null && <At moment={lastSuccessAt} />}
      {missingIds.length > 0 && <pre className={classes['payload']}>{missingIds.join('\n')}</pre>}
    </li>
  );
}

function Unknown() {
  const { t } = useTranslation('operations');
  return <span className={classes['waiting']}>… {t('check.unknown')}</span>;
}

function At({ moment }: { moment: string }) {
  return (
    <span className="quiet">
      {' · '}
      <Moment at={moment} />
    </span>
  );
}
