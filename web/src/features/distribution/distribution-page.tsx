import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePeople } from '../../api/people';
import { toProblem } from '../../api/problems';
import { addresses } from '../../app/addresses';
import { oneOf, useAddress } from '../../lib/address';
import { formatMoney } from '../../lib/money';
import { Away } from '../../ui/away';
import { Fetched } from '../../ui/fetched';
import { useLanguage } from '../../ui/use-language';
import classes from './distribution.module.css';
import { ConfirmOpen } from './parts/confirm-open';
import { History } from './parts/history';
import { Preview } from './parts/preview';
import { Refusal } from './parts/refusal';
import { Result } from './parts/result';
import { ScopeChoice } from './parts/scope-choice';
import { useDistribute, type Distributing } from './parts/use-distribute';
import { useWhen } from './parts/use-when';
import {
  SCOPES,
  lastOf,
  useDistributions,
  usePreview,
  type Distribution,
  type Last,
} from './queries';

const FIELDS = { scope: oneOf(SCOPES, 'unassigned') };
const ROWS = 5;
/** More tasks than this are dealt anew only after their number was typed. */
const TYPED_ABOVE = 100;

/** Deals tasks out: what a press would do, the button, what it did, and what was done earlier. */
export function DistributionPage() {
  const { t } = useTranslation('distribution');
  const history = useDistributions();
  const deal = useDistribute(history.data);
  const title = useRef<HTMLHeadingElement>(null);
  const again = (): void => {
    deal.again();
    title.current?.focus();
  };
  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {t('title')}
      </h1>
      {deal.done ? (
        <Result distribution={deal.done} onAgain={again} />
      ) : (
        <Deal deal={deal} history={history.data} />
      )}
      <History list={history} />
    </>
  );
}

function Deal({
  deal,
  history,
}: {
  deal: Distributing;
  history: readonly Distribution[] | undefined;
}) {
  const { t } = useTranslation('distribution');
  const { values, change } = useAddress(FIELDS);
  const { scope } = values;
  const preview = usePreview(scope);
  const { data, error, isFetching, dataUpdatedAt, refetch } = preview;
  const other = usePreview(scope === 'open' ? 'unassigned' : 'open', {
    enabled: data !== undefined,
  });
  const counts = {
    unassigned: (scope === 'unassigned' ? data : other.data)?.taskCount,
    open: (scope === 'open' ? data : other.data)?.taskCount,
  };
  const retry = useCallback(() => void refetch(), [refetch]);
  const isAway = error !== null && toProblem(error).isAway;
  // After another distribution the numbers are those of before it until they are fetched.
  const isOvertaken = history !== undefined && history[0]?.id !== data?.last?.id;
  const isOutdated = isFetching && (isOvertaken || lastOf(deal.problem) !== null);
  const isReady = data !== undefined && data.taskCount > 0 && data.people.length > 0;
  return (
    <fieldset className={classes['deal']} disabled={deal.isBusy}>
      {data?.last && <LastOne last={data.last} />}
      <ScopeChoice value={scope} counts={counts} onChange={(chosen) => change({ scope: chosen })} />
      {isAway && data !== undefined && <Away problem={toProblem(error)} onRetry={retry} />}
      {isAway && data === undefined && <p>{t('preview.away')}</p>}
      <Fetched query={preview} rows={ROWS}>
        {(shown) => <Preview preview={shown} />}
      </Fetched>
      <p role="status" className={classes['refreshed']}>
        {deal.isRefreshed(dataUpdatedAt) && t('refreshed')}
      </p>
      {deal.problem && !deal.isBusy && <Refusal problem={deal.problem} history={history} />}
      <Buttons deal={deal} preview={data} isDisabled={!isReady || isAway || isOutdated} />
    </fieldset>
  );
}

function LastOne({ last }: { last: Last }) {
  const { t } = useTranslation('distribution');
  const name = usePeople([last.by])(last.by);
  const when = useWhen()(last.at);
  return <p className="quiet">{t('last', { name, when })}</p>;
}

function Buttons({
  deal,
  preview,
  isDisabled,
}: {
  deal: Distributing;
  preview: ReturnType<typeof usePreview>['data'];
  isDisabled: boolean;
}) {
  const { t } = useTranslation('distribution');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [isAsked, ask] = useState(false);
  // The page says why.
  useEffect(() => {
    if (deal.problem) ask(false);
  }, [deal.problem]);
  const isAny = preview !== undefined && preview.taskCount > 0;
  const action = isAny
    ? t('action', { count: preview.taskCount, fees: formatMoney(preview.fees, language) })
    : t('title');
  const press = (): void => {
    if (!preview) return;
    if (preview.scope === 'open' && preview.taskCount > TYPED_ABOVE) ask(true);
    else deal.press(preview);
  };
  return (
    <div className={classes['buttons']}>
      <Button variant="default" onClick={() => void navigate(addresses.home)}>
        {common('actions.cancel')}
      </Button>
      <Button loading={deal.isBusy} disabled={isDisabled} onClick={press}>
        {action}
      </Button>
      {isAsked && preview && (
        <ConfirmOpen
          preview={preview}
          action={action}
          isBusy={deal.isBusy}
          onConfirm={() => deal.press(preview)}
          onClose={() => ask(false)}
        />
      )}
    </div>
  );
}
