import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Moment } from '../../../ui/moment';
import { Rows } from '../../../ui/rows';
import { StatusMark, type Tone } from '../../../ui/status-mark';
import { useLanguage } from '../../../ui/use-language';
import type { PaymentFile } from '../queries';
import { FileActions } from './file-actions';
import classes from '../files.module.css';

const TONES: Readonly<Record<PaymentFile['state'], Tone>> = {
  open: 'quiet',
  waiting: 'waiting',
  settled: 'good',
};
const WIDTHS = { file: '160px', total: '128px', state: '200px', actions: '272px' };
const idOf = ({ id }: PaymentFile): string => id;

/** Payment files as rows. */
export function FileRows({ files, onEnd }: { files: readonly PaymentFile[]; onEnd: () => void }) {
  const { t } = useTranslation('files');
  const language = useLanguage();
  const nameOf = ({ businessDay, number }: PaymentFile): string =>
    t('name', { day: formatDay(businessDay, language), number });
  const actions = (file: PaymentFile) => <FileActions file={file} name={nameOf(file)} />;
  return (
    <Rows
      caption={t('caption')}
      rows={files}
      keyOf={idOf}
      onEnd={onEnd}
      columns={[
        { key: 'file', title: t('file'), width: WIDTHS.file, cell: nameOf },
        {
          key: 'total',
          title: t('total'),
          width: WIDTHS.total,
          align: 'end',
          cell: ({ total }) => <Amount value={total} />,
        },
        { key: 'transfers', title: t('transfers'), cell: (file) => <Transfers file={file} /> },
        {
          key: 'state',
          title: t('state'),
          width: WIDTHS.state,
          cell: (file) => <State file={file} />,
        },
        {
          key: 'actions',
          title: t('actions'),
          width: WIDTHS.actions,
          align: 'end',
          cell: actions,
        },
      ]}
      card={(file) => (
        <div className={classes['card']}>
          <strong>{nameOf(file)}</strong>
          <Amount value={file.total} />
          <span className={classes['wide']}>
            <State file={file} /> · <Transfers file={file} />
          </span>
          <span className={classes['wide']}>{actions(file)}</span>
        </div>
      )}
    />
  );
}

function State({ file: { state, createdAt } }: { file: PaymentFile }) {
  const { t } = useTranslation('files');
  return (
    <>
      <StatusMark tone={TONES[state]}>{t(`states.${state}`)}</StatusMark>
      {createdAt !== null && (
        <span className="quiet">
          {' · '}
          {t('made')} <Moment at={createdAt} />
        </span>
      )}
    </>
  );
}

function Transfers({ file: { count, transfers } }: { file: PaymentFile }) {
  const { t } = useTranslation('files');
  const { waiting, succeeded, refused, returned } = transfers;
  const parts = [
    ...(waiting > 0 ? [t('waiting', { count: waiting })] : []),
    ...(succeeded > 0 ? [t('succeeded', { count: succeeded })] : []),
    ...(refused > 0 ? [t('refused', { count: refused })] : []),
    ...(returned > 0 ? [t('returned', { count: returned })] : []),
  ];
  return (
    <>
      {t('count', { count })}
      {parts.length > 0 && <span className="quiet"> · {parts.join(' · ')}</span>}
    </>
  );
}
