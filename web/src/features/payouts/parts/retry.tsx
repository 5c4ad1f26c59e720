import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problems';
import { useMe } from '../../../api/session';
import { formatMoney } from '../../../lib/money';
import { Confirm } from '../../../ui/confirm';
import { useRowTabIndex } from '../../../ui/row-focus';
import { sayDone, sayFailed } from '../../../ui/toasts';
import { useLanguage } from '../../../ui/use-language';
import type { Payout } from '../queries';
import { useAccountOf, type Destination } from './use-account-of';
import { isMovedOn, useDecision, type Decision } from './use-decision';

/** Retry as the page of a payout has it: one press, because the account it goes to is shown. */
export function RetryButton({
  payout,
  name,
  onMovedOn,
}: {
  payout: Payout;
  name: string;
  onMovedOn: () => void;
}) {
  const { t } = useTranslation('payouts');
  const to = useAccountOf(payout, true);
  const { send, isBusy } = useRetry(payout, name, {
    refused(problem) {
      if (isMovedOn(problem)) onMovedOn();
      else sayFailed({ what: t('payout.notRetried'), problem, onRetry: () => send() });
    },
  });
  const isPossible = to.bankAccount !== null && to.heldBecause === null;
  return (
    <>
      {!isPossible && <Where to={to} />}
      <Button loading={isBusy} disabled={!isPossible} onClick={() => send()}>
        {to.bankAccount ? t('payout.retryTo', { account: to.bankAccount }) : t('payout.retry')}
      </Button>
    </>
  );
}

/** Returns whether the viewer may try a payout again: a failed one, and not one's own. */
export function useMayRetry(): (payout: Payout) => boolean {
  const me = useMe();
  return ({ state, userId }) => state === 'failed' && me !== undefined && userId !== me.id;
}

/** Button of a row; it asks first, because the account it goes to is not in the row. */
export function RetryInRow({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation('payouts');
  return (
    <Button variant="default" size="xs" tabIndex={useRowTabIndex()} onClick={onPress}>
      {t('payout.retryAsk')}
    </Button>
  );
}

/** Dialog: where a payout would go now, then trying it again. */
export function AskRetry({
  payout,
  name,
  onClose,
}: {
  payout: Payout;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('payouts');
  const to = useAccountOf(payout, true);
  const retry = useRetry(payout, name, {
    done: onClose,
    refused(problem) {
      if (!isMovedOn(problem)) return;
      sayFailed({ what: t('payout.notRetried'), problem });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('payout.retryTitle', { name })}
      action={t('payout.retry')}
      isBusy={retry.isBusy}
      isDisabled={to.bankAccount === null || to.heldBecause !== null}
      problem={retry.problem}
      onClose={onClose}
      onConfirm={() => retry.send()}
    >
      <Where to={to} />
    </Confirm>
  );
}

/** Where it would go now, or why it can go nowhere. */
function Where({ to: { bankAccount, heldBecause } }: { to: Destination }) {
  const { t } = useTranslation('payouts');
  if (heldBecause !== null) return <p>{t('payout.held', { reason: heldBecause })}</p>;
  if (bankAccount === null) return <p>{t('payout.retryNowhere')}</p>;
  if (bankAccount === undefined) return <p>{t('payout.retryUnknown')}</p>;
  return <p>{t('payout.retryWhere', { account: bankAccount })}</p>;
}

function useRetry(
  payout: Payout,
  name: string,
  on: { done?: () => void; refused: (problem: Problem) => void },
): Decision {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  return useDecision(payout, 'retry', {
    done() {
      sayDone(t('payout.retried', { amount: formatMoney(payout.amount, language), name }));
      on.done?.();
    },
    refused: on.refused,
  });
}
