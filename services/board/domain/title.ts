import { badRequest } from '../../shared/kernel/errors';
import { hidesSomething, isVisible } from '../../shared/kernel/text';

/** Title as stored: the Jira id apart, null without one. */
export interface TaskTitle {
  jiraId: string | null;
  title: string;
}

/** `[jira-id]`, then spaces with or without one dash among them, then the title. */
const WITH_JIRA_ID = /^\[([\p{L}\p{M}\p{Nd}._-]{1,50})\](?:\s+-\s+|\s*)(.*)$/su;
const BRACKET = /[[\]]/;

function fault(code: string, detail: string): Error {
  return badRequest(`/title ${detail}`, [{ pointer: '/title', detail, code }]);
}

/**
 * Splits `[UBERPOP-42] - Change the button` into Jira id and title, the title unchanged. Throws 400
 * when a bracket is left over, no visible character is left, or the Jira id hides a character.
 */
export function parseTitle(text: string): TaskTitle {
  const [, jiraId = null, title = text] = WITH_JIRA_ID.exec(text) ?? [];
  if (BRACKET.test(title)) throw fault('bracket', 'has a bracket that belongs to no Jira id');
  if (!isVisible(title)) throw fault('blank', 'must not be blank');
  if (jiraId !== null && hidesSomething(jiraId))
    throw fault('hides-something', 'has a Jira id that hides a character');
  return { jiraId, title };
}
