import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { Moment } from '../../../ui/moment';
import { useRowTabIndex } from '../../../ui/row-focus';
import { Rows } from '../../../ui/rows';
import classes from '../operations.module.css';
import type { AuditEntry } from '../queries';
import { useWords } from './use-words';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INDENT = 2;

/** Entries of the audit log; the subject filters by itself. */
export function AuditEntries({
  entries,
  onSubject,
  onEnd,
}: {
  entries: readonly AuditEntry[];
  onSubject: (subject: string) => void;
  onEnd: () => void;
}) {
  const { t } = useTranslation('operations');
  const words = useWords();
  const nameOf = usePeople(
    entries.flatMap(({ actorId, subject }) => [actorId, UUID.test(subject) ? subject : null]),
  );
  const who = ({ actorId }: AuditEntry): string =>
    actorId === null ? t('audit.itself') : nameOf(actorId);
  const subjectOf = ({ subject }: AuditEntry) => (
    <Subject
      subject={subject}
      name={UUID.test(subject) ? nameOf(subject) : subject}
      onChoose={onSubject}
    />
  );
  const what = (entry: AuditEntry) => <What entry={entry} text={words.action(entry.action)} />;
  return (
    <Rows
      caption={t('audit.caption')}
      rows={entries}
      keyOf={({ id }) => id}
      onEnd={onEnd}
      columns={[
        {
          key: 'when',
          title: t('audit.when'),
          cell: ({ at }) => <Moment at={at} />,
          width: '136px',
        },
        { key: 'who', title: t('audit.who'), cell: who, width: '112px' },
        { key: 'what', title: t('audit.what'), cell: what, width: '34%' },
        { key: 'subject', title: t('audit.subject'), cell: subjectOf },
        { key: 'reason', title: t('audit.reason'), cell: ({ reason }) => reason },
      ]}
      card={(entry) => (
        <div className={classes['card']}>
          <span>
            {who(entry)} · <Moment at={entry.at} />
          </span>
          {what(entry)}
          {subjectOf(entry)}
          {entry.reason !== null && <span className="quiet">{entry.reason}</span>}
        </div>
      )}
    />
  );
}

function Subject({
  subject,
  name,
  onChoose,
}: {
  subject: string;
  name: string;
  onChoose: (subject: string) => void;
}) {
  const { t } = useTranslation('operations');
  const tabIndex = useRowTabIndex();
  return (
    <button
      type="button"
      className={classes['link']}
      tabIndex={tabIndex}
      title={subject}
      aria-label={t('audit.onlySubject', { subject: name })}
      onClick={() => onChoose(subject)}
    >
      {name}
    </button>
  );
}

const inWords = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, INDENT);

/** What was done; before and after, folded. */
function What({ entry, text }: { entry: AuditEntry; text: string }) {
  const { t } = useTranslation('operations');
  const tabIndex = useRowTabIndex();
  const parts = [
    [t('audit.before'), entry.before],
    [t('audit.after'), entry.after],
    [t('audit.request'), entry.requestId],
  ] as const;
  const told = parts.filter(([, value]) => value !== null && value !== undefined);
  return (
    <span className={classes['stack']}>
      <span>{text}</span>
      {told.length > 0 && (
        <details className={classes['fold']}>
          <summary tabIndex={tabIndex}>{t('audit.details')}</summary>
          {told.map(([name, value]) => (
            <pre key={name} className={classes['payload']}>
              {`${name}: ${inWords(value)}`}
            </pre>
          ))}
        </details>
      )}
    </span>
  );
}
