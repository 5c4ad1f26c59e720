import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './versions.module.css';

/** Field of two versions. */
export interface VersionedField {
  key: string;
  label: string;
  /** What it is now. */
  theirs: string;
  mine: string;
}

/**
 * Somebody changed it meanwhile (412): both versions side by side, field by field. `onKeep` sends
 * mine on top of theirs, `onDrop` leaves theirs.
 */
export function Versions({
  fields,
  isBusy,
  onKeep,
  onDrop,
}: {
  fields: readonly VersionedField[];
  isBusy: boolean;
  onKeep: () => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  // The form that had the focus is gone; no button has it, so that nothing is chosen by accident.
  useEffect(() => card.current?.focus(), []);
  return (
    <section ref={card} tabIndex={-1} className={classes['card']} aria-label={t('versions.title')}>
      <h3>{t('versions.title')}</h3>
      <p>{t('versions.why')}</p>
      {fields.map(({ key, label, theirs, mine }) => (
        <div key={key} className={classes['field']}>
          <h4>{label}</h4>
          <dl className={classes['pair']}>
            <div>
              <dt>{t('versions.theirs')}</dt>
              <dd>{theirs || t('versions.nothing')}</dd>
            </div>
            <div>
              <dt>{t('versions.mine')}</dt>
              <dd>{mine || t('versions.nothing')}</dd>
            </div>
          </dl>
        </div>
      ))}
      <div className={classes['buttons']}>
        <Button loading={isBusy} onClick={onKeep}>
          {t('versions.keepMine')}
        </Button>
        <Button variant="default" onClick={onDrop}>
          {t('versions.keepTheirs')}
        </Button>
      </div>
    </section>
  );
}
