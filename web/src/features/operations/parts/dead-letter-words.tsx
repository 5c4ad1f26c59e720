import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { Fetched } from '../../../ui/fetched';
import { Moment } from '../../../ui/moment';
import { useRowTabIndex } from '../../../ui/row-focus';
import classes from '../operations.module.css';
import type { DeadLetter, DeadLetterFilters } from '../queries';

type Service = DeadLetterFilters['service'];

/** Kind of the event and its topic. */
export function Event({ letter: { type, topic } }: { letter: DeadLetter }) {
  const { t } = useTranslation('operations');
  return (
    <span className={classes['stack']}>
      <span>{type ?? t('deadLetters.unknownType')}</span>
      <span className="quiet">{t('deadLetters.topic', { topic })}</span>
    </span>
  );
}

/** When it was seen first and last. */
export function Seen({ letter: { firstSeenAt, lastSeenAt } }: { letter: DeadLetter }) {
  const { t } = useTranslation('operations');
  return (
    <span>
      <Moment at={firstSeenAt} />
      {lastSeenAt !== firstSeenAt && (
        <span className="quiet">
          {' · '}
          {t('deadLetters.last')} <Moment at={lastSeenAt} />
        </span>
      )}
    </span>
  );
}

/** Why it could not be processed, what became of it, and the event itself, folded. */
export function Reason({
  service,
  letter,
  nameOf,
}: {
  service: Service;
  letter: DeadLetter;
  nameOf: (id: string) => string;
}) {
  const { t } = useTranslation('operations');
  const { error, state, resolvedAt, resolvedBy, resolvedReason } = letter;
  return (
    <span className={classes['stack']}>
      <span>{error}</span>
      {resolvedAt !== null && (
        <span className={classes[state === 'discarded' ? 'failed' : 'good']}>
          {state === 'discarded' ? '✕' : '✓'} {t(`deadLetters.states.${state}`)}{' '}
          <Moment at={resolvedAt} />
          {resolvedBy !== null && `, ${t('deadLetters.resolved')} ${nameOf(resolvedBy)}`}
          {resolvedReason !== null && `: ${resolvedReason}`}
        </span>
      )}
      <Payload service={service} id={letter.id} />
    </span>
  );
}

function Payload({ service, id }: { service: Service; id: string }) {
  const { t } = useTranslation('operations');
  const tabIndex = useRowTabIndex();
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={classes['fold']}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary tabIndex={tabIndex}>{t('deadLetters.payload')}</summary>
      {isOpen && <Whole service={service} id={id} />}
    </details>
  );
}

function Whole({ service, id }: { service: Service; id: string }) {
  const whole = $api.useQuery('get', '/api/v1/operations/{service}/dead-letters/{id}', {
    params: { path: { service, id } },
  });
  return (
    <Fetched query={whole} rows={1}>
      {({ payload }) => <pre className={classes['payload']}>{pretty(payload)}</pre>}
    </Fetched>
  );
}

const INDENT = 2;

/** An event that cannot be read is shown as it came. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, INDENT);
  } catch (error) {
    if (error instanceof SyntaxError) return payload;
    throw error;
  }
}
