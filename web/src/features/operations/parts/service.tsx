import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addresses } from '../../../app/addresses';
import classes from '../operations.module.css';
import type { LetterService, ReachedService, ServiceStatus } from '../queries';
import { Checks } from './checks';
import { Facts } from './facts';
import { UnsentLetters } from './unsent-letters';
import { useWords } from './use-words';

/** Pages where somebody does what a service needs. */
const PLACES: Readonly<Record<string, (service: string) => string>> = {
  'dead-letters': (service) => `${addresses.deadLetters}?service=${service}`,
  'payouts-for-a-person': () => addresses.payouts,
};
const LETTER_SERVICES: readonly LetterService[] = ['user', 'account'];

/** One service: up or away, what needs a look, its figures, its checks. */
export function Service({ status }: { status: ServiceStatus }) {
  const words = useWords();
  return (
    <li>
      <div className={classes['serviceHead']}>
        <h2>{words.service(status.service)}</h2>
        <span className="quiet">{status.service}</span>
        <State status={status} />
      </div>
      {status.reachable && <Reached status={status} />}
    </li>
  );
}

function State({ status }: { status: ServiceStatus }) {
  const { t } = useTranslation('operations');
  if (!status.reachable) return <span className={classes['failed']}>✕ {t('status.away')}</span>;
  return status.attention.length > 0 ? (
    <span className={classes['out']}>⚠ {t('status.needsYou')}</span>
  ) : (
    <span className={classes['good']}>✓ {t('status.up')}</span>
  );
}

function Reached({ status }: { status: ReachedService }) {
  const words = useWords();
  const lettersOf = LETTER_SERVICES.find((service) => service === status.service);
  return (
    <>
      {status.attention.length > 0 && (
        <ul className={classes['attention']}>
          {status.attention.map((id) => {
            const place = PLACES[id]?.(status.service);
            const text = words.attention(id);
            return <li key={id}>{place ? <Link to={place}>{text}</Link> : text}</li>;
          })}
        </ul>
      )}
      <Facts status={status} />
      {lettersOf && (status.letters?.givenUp ?? 0) > 0 && <UnsentLetters service={lettersOf} />}
      <Checks status={status} />
    </>
  );
}
