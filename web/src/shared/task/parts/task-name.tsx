import { useTranslation } from 'react-i18next';
import { Link, type LinkProps } from 'react-router';
import { useSettings } from '../../../api/session';
import { useRowTabIndex } from '../../../ui/row-focus';
import type { Task } from '../queries';
import classes from '../task.module.css';

/** Jira id, a link when the tracker's address is known, and title, a link to the task. */
export function TaskName({
  task: { jiraId, title },
  to,
}: {
  task: Pick<Task, 'jiraId' | 'title'>;
  to?: LinkProps['to'];
}) {
  const tabIndex = useRowTabIndex();
  return (
    <span className={classes['name']}>
      <JiraId jiraId={jiraId} />
      {to === undefined ? (
        <span>{title}</span>
      ) : (
        <Link to={to} tabIndex={tabIndex} className={classes['title']}>
          {title}
        </Link>
      )}
    </span>
  );
}

/** Jira id; leads to the tracker when its address is known. Nothing for a task without one. */
export function JiraId({ jiraId }: { jiraId: string | null }) {
  const { t } = useTranslation('task');
  const tabIndex = useRowTabIndex();
  const jiraUrl = useSettings().data?.jiraUrl ?? null;
  if (jiraId === null) return null;
  if (jiraUrl === null) return <span className={`quiet ${classes['jira']}`}>{jiraId}</span>;
  return (
    <a
      className={classes['jira']}
      href={new URL(`browse/${encodeURIComponent(jiraId)}`, jiraUrl).href}
      title={t('jira', { id: jiraId })}
      target="_blank"
      rel="noreferrer"
      tabIndex={tabIndex}
    >
      {jiraId} <span aria-hidden>↗</span>
    </a>
  );
}
