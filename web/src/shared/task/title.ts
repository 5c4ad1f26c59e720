/** The server's own rule (services/board/domain/title.ts); a test holds both together. */
const WITH_JIRA_ID = /^\[([\p{L}\p{M}\p{Nd}._-]{1,50})\](?:\s+-\s+|\s*)(.*)$/su;
const BRACKET = /[[\]]/;

/** Title as the server will store it; `hasBracket` when it will refuse it. */
export interface SplitTitle {
  jiraId: string | null;
  title: string;
  hasBracket: boolean;
}

/** Splits `[UBERPOP-42] - Change the button` into Jira id and title. */
export function splitTitle(text: string): SplitTitle {
  const whole = text.normalize('NFC').trim();
  const [, jiraId = null, title = whole] = WITH_JIRA_ID.exec(whole) ?? [];
  return { jiraId, title, hasBracket: BRACKET.test(title) };
}

/** Returns the title as it is typed: the Jira id in brackets in front. */
export function wholeTitle({ jiraId, title }: { jiraId: string | null; title: string }): string {
  return jiraId === null ? title : `[${jiraId}] ${title}`;
}
