import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatementDays } from '../../../shared/statement/queries';
import { useIsPhone } from '../../../ui/use-is-phone';
import classes from '../money.module.css';

const DEFAULT = { from: null, to: null };
const LEAST = 2;
const Drawn = lazy(async () => ({ default: (await import('./drawn-balance')).DrawnBalance }));

/**
 * The balance at the end of each of the last thirty days; nothing before there are two. Folded on
 * phones, which fetch the code that draws it when it is opened.
 */
export function BalanceChart() {
  const { t } = useTranslation('money');
  const [isOpen, setOpen] = useState(!useIsPhone());
  const { data } = useStatementDays('me', DEFAULT, { enabled: true });
  const days = data?.items ?? [];
  if (days.length < LEAST) return null;
  return (
    <details
      className={classes['chart']}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('chart.title')}</summary>
      {isOpen && (
        <Suspense fallback={null}>
          <Drawn days={days} />
        </Suspense>
      )}
    </details>
  );
}
