import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLength } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import classes from '../operations.module.css';
import type { ReachedService } from '../queries';

const MS = 1_000;
/** Clocks this close agree, to a person. */
const CLOCK_MS = 1_000;

/** Figures of a service; what it has not is left out. */
export function Facts({ status }: { status: ReachedService }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const { outbox, deadLetters, letters, bankTransfers, clockOffsetMs } = status;
  const age = (seconds: number): string => formatLength(seconds, language);
  const none = t('status.none');
  const joined = (...parts: readonly (string | false)[]): string =>
    parts.filter((part) => part !== false).join(' · ') || none;
  const facts: [string, ReactNode][] = [];
  if (outbox) {
    const { pending: count, oldestSeconds } = outbox;
    const text = count > 0 && t('facts.events', { count, age: age(oldestSeconds) });
    facts.push([t('facts.outbox'), joined(text)]);
  }
  if (deadLetters) {
    const { open: count } = deadLetters;
    facts.push([t('facts.deadLetters'), joined(count > 0 && t('facts.open', { count }))]);
  }
  if (letters) {
    const { due, givenUp, oldestSeconds } = letters;
    const text = joined(
      due > 0 && t('facts.due', { count: due, age: age(oldestSeconds) }),
      givenUp > 0 && t('facts.givenUp', { count: givenUp }),
    );
    facts.push([t('facts.letters'), text]);
  }
  if (status.invariants.length > 0) facts.push([t('facts.money'), <Money status={status} />]);
  if (bankTransfers) {
    const { inProgress, flagged } = bankTransfers;
    const text = joined(
      inProgress > 0 && t('facts.inProgress', { count: inProgress }),
      flagged > 0 && t('facts.flagged', { count: flagged }),
    );
    facts.push([t('facts.bank'), text]);
  }
  if (clockOffsetMs !== null) {
    const offset = Math.abs(clockOffsetMs);
    const text =
      offset <= CLOCK_MS ? t('facts.clockAgrees') : t('facts.clockOff', { age: age(offset / MS) });
    facts.push([t('facts.clock'), text]);
  }
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How many checks of money hold, do not, or were not made. */
function Money({ status: { invariants } }: { status: ReachedService }) {
  const { t } = useTranslation('operations');
  const hold = invariants.filter(({ faults }) => faults === 0).length;
  const unknown = invariants.filter(({ faults }) => faults === null).length;
  const broken = invariants.length - hold - unknown;
  return (
    <>
      {hold > 0 && <span className={classes['good']}>✓ {t('facts.hold', { count: hold })} </span>}
      {broken > 0 && (
        <span className={classes['failed']}>✕ {t('facts.broken', { count: broken })} </span>
      )}
      {unknown > 0 && (
        <span className={classes['waiting']}>… {t('facts.unknown', { count: unknown })}</span>
      )}
    </>
  );
}
