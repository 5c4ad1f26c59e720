import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, generatePath, useNavigate } from 'react-router';
import { useChange } from '../../../api/change';
import { toProblem } from '../../../api/problems';
import { addresses } from '../../../app/addresses';
import { Allowed } from '../../../app/gate';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Confirm } from '../../../ui/confirm';
import { Fetched } from '../../../ui/fetched';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useLanguage } from '../../../ui/use-language';
import { TOUCHED, usePreview, type BusinessDay } from '../queries';
import { Earned } from './earned';
import { isNotBegun, NotBegun } from './not-begun';
import classes from '../payouts.module.css';

const ROWS = 5;

/** Button of the open day: what closing it would do, and closing it. */
export function CloseDay({ day, tabIndex }: { day: string; tabIndex?: number }) {
  const { t } = useTranslation('payouts');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" tabIndex={tabIndex} onClick={() => setOpen(true)}>
        {t('closing.open')}
      </Button>
      {isOpen && <Closing day={day} onClose={() => setOpen(false)} />}
    </>
  );
}

/**
 * Dialog: figures of the server, then the day typed. Nothing is shown as done before the answer;
 * after it, the page of the day follows the payouts.
 */
function Closing({ day, onClose }: { day: string; onClose: () => void }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const preview = usePreview(day);
  const name = formatDay(day, language);
  const close = useChange('post', '/api/v1/business-days/{day}/close', {
    touches: TOUCHED,
    onDone() {
      sayDone(t('closing.done', { day: name }));
      onClose();
      void navigate(generatePath(addresses.day, { day }));
    },
  });
  const isEarly =
    isNotBegun(close.problem) || (preview.error !== null && isNotBegun(toProblem(preview.error)));
  return (
    <Confirm
      title={t('closing.title', { day: name })}
      action={t('closing.action', { day: name })}
      isDangerous
      isBusy={close.isBusy}
      isDisabled={typed.trim() !== day || preview.data === undefined || isEarly}
      isTouched={typed !== ''}
      problem={isEarly ? null : close.problem}
      onClose={onClose}
      onConfirm={() => close.send({ params: { path: { day } } })}
    >
      {isEarly ? (
        <NotBegun day={day} />
      ) : (
        <>
          <Fetched query={preview} rows={ROWS}>
            {(would) => <WouldDo day={would} />}
          </Fetched>
          <p>{t('closing.undone')}</p>
          <TextInput
            label={t('closing.type', { day })}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </>
      )}
    </Confirm>
  );
}

/** What closing would do: who is paid in all, who is carried over, who is on hold. */
function WouldDo({ day }: { day: BusinessDay }) {
  const { t } = useTranslation('payouts');
  const count = day.payouts.planned ?? 0;
  return (
    <>
      <dl className={classes['figures']}>
        <Earned day={day} />
      </dl>
      <p>{t('closing.why')}</p>
      <dl className={classes['sums']}>
        <Sum name={count === 0 ? t('closing.paysNone') : t('closing.pays', { count })}>
          <Amount value={day.payoutTotal} />
        </Sum>
        <Sum
          name={
            day.carried.count === 0
              ? t('closing.carriedNone')
              : t('closing.carried', { count: day.carried.count })
          }
          filter={day.carried.count === 0 ? null : 'below-zero'}
        >
          <Amount value={day.carried.amount} />
        </Sum>
        <Sum
          name={
            day.held.count === 0
              ? t('closing.heldNone')
              : t('closing.held', { count: day.held.count })
          }
          filter={day.held.count === 0 ? null : 'held'}
        >
          <Amount value={day.held.amount} />
        </Sum>
      </dl>
    </>
  );
}

function Sum({
  name,
  filter = null,
  children,
}: {
  name: string;
  /** Filter of the accounts that shows who they are. */
  filter?: 'below-zero' | 'held' | null;
  children: React.ReactNode;
}) {
  const { t } = useTranslation('payouts');
  return (
    <>
      <dt>
        {name}{' '}
        {filter !== null && (
          <Allowed to="accounting.view-all">
            <Link to={`${addresses.accounts}?filter=${filter}`} target="_blank">
              {t('closing.names')}
            </Link>
          </Allowed>
        )}
      </dt>
      <dd>{children}</dd>
    </>
  );
}
