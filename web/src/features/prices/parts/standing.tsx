import { useTranslation } from 'react-i18next';
import { Moment } from '../../../ui/moment';
import classes from '../prices.module.css';
import type { FormulaState, PriceFormula } from '../queries';

/** The first version is in force since the epoch: there was no time before it. */
const EPOCH = 0;

/** When a version starts or started. */
export function Start({
  formula: { validFrom },
  isSentence = false,
}: {
  formula: PriceFormula;
  isSentence?: boolean;
}) {
  const { t } = useTranslation('prices');
  if (Date.parse(validFrom) === EPOCH) return t('always');
  return (
    <>
      {isSentence && `${t('since')} `}
      <Moment at={validFrom} />
    </>
  );
}

/** State of a version, with its sign. */
export function State({ state }: { state: FormulaState }) {
  const { t } = useTranslation('prices');
  if (state === 'replaced') return <span className="quiet">{t('states.replaced')}</span>;
  return state === 'inForce' ? (
    <span className={classes['good']}>✓ {t('states.inForce')}</span>
  ) : (
    <span className={classes['waiting']}>… {t('states.planned')}</span>
  );
}
