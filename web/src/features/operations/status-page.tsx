import { useTranslation } from 'react-i18next';
import { id, useAddress } from '../../lib/address';
import { Fetched } from '../../ui/fetched';
import { Moment } from '../../ui/moment';
import classes from './operations.module.css';
import { Reconciliation } from './parts/reconciliation';
import { Sections } from './parts/sections';
import { Service } from './parts/service';
import { useStatus } from './queries';

const FIELDS = { run: id };
const ROWS = 6;

/** Whether everything is alright: each service, and a comparison between them. */
export function StatusPage() {
  const { t } = useTranslation('operations');
  const status = useStatus();
  const { values, change } = useAddress(FIELDS);
  return (
    <>
      <Sections />
      <Fetched query={status} rows={ROWS}>
        {({ state, at, services }) => {
          const isOk = state === 'ok';
          const count = services.filter(
            (each) => !each.reachable || each.attention.length > 0,
          ).length;
          return (
            <>
              <p className={classes['line']} data-ok={isOk} role="status">
                <strong className={classes[isOk ? 'good' : 'out']}>
                  {isOk ? `✓ ${t('status.ok')}` : `⚠ ${t('status.attention', { count })}`}
                </strong>{' '}
                <span className="quiet">
                  {t('status.checked')} <Moment at={at} />
                </span>
              </p>
              <ul className={classes['services']}>
                {services.map((service) => (
                  <Service key={service.service} status={service} />
                ))}
              </ul>
            </>
          );
        }}
      </Fetched>
      <Reconciliation run={values.run} onStart={(run) => change({ run })} />
    </>
  );
}
