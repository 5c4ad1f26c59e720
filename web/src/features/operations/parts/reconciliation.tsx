import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import type { Schemas } from '../../../api/client';
import { Fetched } from '../../../ui/fetched';
import { FormProblem } from '../../../ui/form-problem';
import classes from '../operations.module.css';
import { useReconciliation } from '../queries';
import { ComparisonLine } from './checks';
import { useWords } from './use-words';

const ROWS = 3;

/** Starts a comparison between all services, and shows what came of it. */
export function Reconciliation({
  run,
  onStart,
}: {
  run: string | null;
  onStart: (run: string) => void;
}) {
  const { t } = useTranslation('operations');
  const words = useWords();
  const start = useChange('post', '/api/v1/operations/reconciliations', {
    touches: [],
    onDone: (started) => started && onStart(started.id),
  });
  const notStarted = start.data?.notStarted ?? [];
  return (
    <section className={classes['part']}>
      <h2>{t('compare.title')}</h2>
      <p className="quiet">{t('compare.why')}</p>
      <Button variant="default" loading={start.isBusy} onClick={() => start.send({})}>
        {t('compare.action')}
      </Button>
      <FormProblem problem={start.problem} />
      {notStarted.length > 0 && (
        <p role="status" className={classes['out']}>
          ⚠ {t('compare.notStarted', { services: notStarted.map(words.service).join(', ') })}
        </p>
      )}
      {run !== null && <Result run={run} />}
    </section>
  );
}

function Result({ run }: { run: string }) {
  const reconciliation = useReconciliation(run);
  return (
    <Fetched query={reconciliation} rows={ROWS}>
      {(found) => <Shown found={found} />}
    </Fetched>
  );
}

function Shown({ found: { state, missing, services } }: { found: Schemas['Reconciliation'] }) {
  const { t } = useTranslation('operations');
  const words = useWords();
  const isAway = services.some(({ reachable }) => !reachable);
  return (
    <>
      <p role="status">
        {state === 'running' && !isAway && (
          <span className={classes['waiting']}>… {t('compare.running')}</span>
        )}
        {isAway && <span className={classes['out']}>⚠ {t('compare.away')}</span>}
        {state === 'done' && missing === 0 && (
          <span className={classes['good']}>✓ {t('compare.complete')}</span>
        )}
        {missing > 0 && (
          <span className={classes['failed']}>✕ {t('compare.missing', { count: missing })}</span>
        )}
      </p>
      <ul className={classes['services']} aria-label={t('compare.caption')}>
        {services.map((service) => (
          <li key={service.service}>
            <h3>{words.service(service.service)}</h3>
            {!service.reachable && <span className={classes['failed']}>✕ {t('status.away')}</span>}
            {service.reachable && service.finishedAt === null && (
              <span className={classes['waiting']}>… {t('compare.running')}</span>
            )}
            {service.reachable && (
              <ul className={classes['checks']}>
                {service.results.map((result) => (
                  <ComparisonLine key={result.name} comparison={result} />
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
