import type { Schemas } from '../../../api/client';
import { useSettings } from '../../../api/session';
import classes from '../tasks.module.css';

/** Jira id, a link when the tracker's address is known, and title. */
export function TaskName({ task: { jiraId, title } }: { task: Schemas['Task'] }) {
  const jiraUrl = useSettings().data?.jiraUrl ?? null;
  return (
    <span className={classes['name']}>
      {jiraId !== null && jiraUrl !== null && (
        <a href={new URL(`browse/${encodeURIComponent(jiraId)}`, jiraUrl).href} rel="noreferrer">
          {jiraId}
        </a>
      )}
      {jiraId !== null && jiraUrl === null && <span className="quiet">{jiraId}</span>}{' '}
      <span>{title}</span>
    </span>
  );
}
