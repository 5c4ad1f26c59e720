import { useTranslation } from 'react-i18next';
import { Link, generatePath } from 'react-router';
import { useSettings } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Moment } from '../../../ui/moment';
import { useRowTabIndex } from '../../../ui/row-focus';
import classes from '../board.module.css';
import type { Task } from '../queries';

const SIGNS = { open: '…', finished: '✓', cancelled: '✕' } as const;

/** Jira id; leads to the tracker when its address is known. */
export function JiraId({ task: { jiraId } }: { task: Task }) {
  const tabIndex = useRowTabIndex();
  const jiraUrl = useSettings().data?.jiraUrl ?? null;
  if (jiraId === null) return null;
  if (jiraUrl === null) return <span className={classes['jira']}>{jiraId}</span>;
  return (
    <a
      className={classes['jira']}
      href={new URL(`browse/${encodeURIComponent(jiraId)}`, jiraUrl).href}
      target="_blank"
      rel="noreferrer"
      tabIndex={tabIndex}
    >
      {jiraId} <span aria-hidden>↗</span>
    </a>
  );
}

/** Title, a link to the task's own page. */
export function Title({ task: { id, title } }: { task: Task }) {
  const tabIndex = useRowTabIndex();
  return (
    <Link
      className={classes['title']}
      to={generatePath(addresses.task, { id })}
      tabIndex={tabIndex}
    >
      {title}
    </Link>
  );
}

/** When a task was dealt last. */
export function Dealt({ task: { assignedAt } }: { task: Task }) {
  const { t } = useTranslation('board');
  if (assignedAt === null) return <span className="quiet">{t('row.neverDealt')}</span>;
  return <Moment at={assignedAt} />;
}

/** State of a task: a sign and the word; since when, for those that are done. */
export function State({ task: { status, finishedAt } }: { task: Task }) {
  const { t } = useTranslation('board');
  return (
    <span className={classes['state']} data-state={status}>
      <span aria-hidden>{SIGNS[status]}</span> {t(`state.${status}`)}{' '}
      {finishedAt !== null && <Moment at={finishedAt} />}
    </span>
  );
}
