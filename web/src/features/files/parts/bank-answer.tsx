import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { Confirm } from '../../../ui/confirm';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { useFaults } from '../../../ui/use-faults';
import { useRecorded, type AnswerProps } from './use-recorded';

const XML = 'application/xml';

/** The bank executed everything that still waits. */
export function ConfirmFile(props: AnswerProps) {
  const { t } = useTranslation('files');
  const { file, name, onClose } = props;
  const path = { id: file.id };
  const { send, isBusy, problem } = useChange(
    'post',
    '/api/v1/payment-files/{id}/confirm',
    useRecorded(props),
  );
  return (
    <Confirm
      title={t('confirmTitle', { name })}
      action={t('confirmAction')}
      isDangerous
      isBusy={isBusy}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path }, body: {} })}
    >
      <p>{t('confirmWhy', { count: file.transfers.waiting })}</p>
    </Confirm>
  );
}

/** The bank refused everything that still waits. */
export function RejectFile(props: AnswerProps) {
  const { t } = useTranslation('files');
  const { file, name, onClose } = props;
  const [reason, setReason] = useState('');
  const path = { id: file.id };
  const { send, isBusy, problem } = useChange(
    'post',
    '/api/v1/payment-files/{id}/reject',
    useRecorded(props),
  );
  const faultOf = useFaults(problem);
  return (
    <Confirm
      title={t('rejectTitle', { name })}
      action={t('rejectAction')}
      isDangerous
      isBusy={isBusy}
      isDisabled={!isReason(reason)}
      isTouched={reason !== ''}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path }, body: { reason } })}
    >
      <p>{t('rejectWhy', { count: file.transfers.waiting })}</p>
      <ReasonField
        why={t('reasonWhy')}
        value={reason}
        error={faultOf('reason')}
        onChange={setReason}
      />
    </Confirm>
  );
}

/** The bank's own report says what became of each transfer. */
export function ReadStatus(props: AnswerProps) {
  const { t } = useTranslation('files');
  const { file, name, onClose } = props;
  const [report, setReport] = useState<string | null>(null);
  const path = { id: file.id };
  const { send, isBusy, problem } = useChange(
    'post',
    '/api/v1/payment-files/{id}/status',
    useRecorded(props),
  );
  return (
    <Confirm
      title={t('statusTitle', { name })}
      action={t('statusAction')}
      isBusy={isBusy}
      isDisabled={report === null || report === ''}
      isTouched={report !== null}
      problem={problem}
      onClose={onClose}
      onConfirm={() =>
        report !== null &&
        send({
          params: { path },
          body: report,
          headers: { 'content-type': XML },
          bodySerializer: (text) => text,
        })
      }
    >
      <p>{t('statusWhy')}</p>
      <label>
        {t('statusFile')}
        <br />
        <input
          type="file"
          accept=".xml,application/xml,text/xml"
          onChange={({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            void (chosen?.text() ?? Promise.resolve(null)).then(setReport);
          }}
        />
      </label>
    </Confirm>
  );
}
