import { badRequest } from '../../shared/kernel/errors';
import { hidesSomething, isVisible } from '../../shared/kernel/text';

/** A title as it is kept: the Jira id apart, null when there was none. */
export interface TaskTitle {
  jiraId: string | null;
  title: string;
}

/** `[jira-id]`, then blanks with or without one dash among them, then everything else. */
const WITH_JIRA_ID = /^\[([\p{L}\p{M}\p{Nd}._-]{1,50})\](?:\s+-\s+|\s*)(.*)$/su;
const BRACKET = /[[\]]/;

function fault(detail: string): Error {
  return badRequest(`/title ${detail}`, [{ pointer: '/title', detail }]);
}

/**
 * Takes `[UBERPOP-42] - Change the button` apart; what is left is kept to the letter. Throws 400
 * when a bracket is left over, nothing is left to read, or the Jira id hides a character.
 */
export function parseTitle(text: string): TaskTitle {
  const [, jiraId = null, title = text] = WITH_JIRA_ID.exec(text) ?? [];
  if (BRACKET.test(title)) throw fault('has a bracket that belongs to no Jira id');
  if (!isVisible(title)) throw fault('must not be blank');
  if (jiraId !== null && hidesSomething(jiraId))
    throw fault('has a Jira id that hides a character');
  return { jiraId, title };
}
