import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { useLanguage } from '../../../ui/use-language';
import { FormProblem } from '../../../ui/form-problem';
import classes from '../operations.module.css';
import { EVERYTHING, type DeadLetter, type DeadLetterFilters } from '../queries';

type Service = DeadLetterFilters['service'];

/** A button for each kind of event of which several wait: a press processes a part of them. */
export function ReplayAll({
  service,
  letters,
}: {
  service: Service;
  letters: readonly DeadLetter[];
}) {
  const counts = new Map<string, number>();
  for (const { type, replayable } of letters) {
    if (type !== null && replayable === true) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const types = [...counts].filter(([, count]) => count > 1).map(([type]) => type);
  return types.map((type) => <OfType key={type} service={service} type={type} />);
}

function OfType({ service, type }: { service: Service; type: string }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const { send, isBusy, problem, data } = useChange(
    'post',
    '/api/v1/operations/{service}/dead-letters/replay',
    { touches: EVERYTHING },
  );
  const number = (count: number): string => count.toLocaleString(language);
  return (
    <div className={classes['bar']}>
      <Button
        variant="default"
        loading={isBusy}
        onClick={() => send({ params: { path: { service } }, body: { type } })}
      >
        {t('deadLetters.replayAll', { type })}
      </Button>
      {data && (
        <span role="status">
          {t('deadLetters.replayedAll', {
            done: number(data.done),
            refused: number(data.refused),
            later: number(data.retryLater),
            left: number(data.left),
          })}
        </span>
      )}
      <FormProblem problem={problem} />
    </div>
  );
}
