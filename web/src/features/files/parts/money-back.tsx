import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { useList } from '../../../api/list';
import { Amount } from '../../../ui/amount';
import { Confirm } from '../../../ui/confirm';
import { Fetched } from '../../../ui/fetched';
import { Checkbox } from '../../../ui/fields';
import { ListEnd } from '../../../ui/list-end';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { useFaults } from '../../../ui/use-faults';
import { useRecorded, type AnswerProps } from './use-recorded';
import classes from '../files.module.css';

const ROWS = 3;

/** The bank sent money of executed transfers back: which ones, and why. */
export function MoneyBack(props: AnswerProps) {
  const { t } = useTranslation('files');
  const { file, name, onClose } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const path = { id: file.id };
  const { send, isBusy, problem } = useChange(
    'post',
    '/api/v1/payment-files/{id}/return',
    useRecorded(props),
  );
  const faultOf = useFaults(problem);
  return (
    <Confirm
      title={t('returnTitle', { name })}
      action={t('returnAction', { count: chosen.length })}
      isDangerous
      isBusy={isBusy}
      isDisabled={chosen.length === 0 || !isReason(reason)}
      isTouched={chosen.length > 0 || reason !== ''}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path }, body: { reason, transactions: [...chosen] } })}
    >
      <p>{t('returnWhy')}</p>
      <Executed
        fileId={file.id}
        chosen={chosen}
        onChange={(key, isChosen) =>
          setChosen(isChosen ? [...chosen, key] : chosen.filter((each) => each !== key))
        }
      />
      <ReasonField
        why={t('reasonWhy')}
        value={reason}
        error={faultOf('reason')}
        onChange={setReason}
      />
    </Confirm>
  );
}

/** Transfers of a file that the bank has executed, to tick. */
function Executed({
  fileId,
  chosen,
  onChange,
}: {
  fileId: string;
  chosen: readonly string[];
  onChange: (key: string, isChosen: boolean) => void;
}) {
  const { t } = useTranslation('files');
  const transfers = useList('/api/v1/payment-files/{id}/transfers', { path: { id: fileId } });
  return (
    <fieldset className={classes['transfers']}>
      <legend>{t('returnWhich')}</legend>
      <Fetched query={transfers} rows={ROWS}>
        {(items) =>
          items
            .filter(({ state }) => state === 'succeeded')
            .map(({ key, creditorName, bankAccount, amount }) => (
              <Checkbox
                key={key}
                label={
                  <>
                    {creditorName} · {bankAccount} · <Amount value={amount} />
                  </>
                }
                checked={chosen.includes(key)}
                onChange={({ currentTarget }) => onChange(key, currentTarget.checked)}
              />
            ))
        }
      </Fetched>
      <ListEnd list={transfers} shown={transfers.data?.length ?? 0} />
    </fieldset>
  );
}
