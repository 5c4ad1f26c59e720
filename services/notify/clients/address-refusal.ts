/** What a mail server answered to a command of ours. */
export interface SmtpRefusal {
  /** The SMTP command that was refused; something else for connection, TLS and login. */
  command?: string | undefined;
  /** The reply code (RFC 5321, section 4.2). */
  responseCode?: number | undefined;
  /** The whole reply, codes included; lines of a long one are joined by line breaks. */
  response?: string | undefined;
}

/** Only to this command a server speaks of the recipient; the others are about us or the letter. */
const RECIPIENT_COMMAND = 'RCPT TO';
const FIRST_PERMANENT = 500;

/**
 * Enhanced status codes that say that nobody can be reached under the address (RFC 3463, section
 * 3.2; the last one RFC 7505): no such mailbox, no such host, no address at all, moved away, a
 * domain that takes no mail. Not among them is 5.7.x, which is about policy: the address may be
 * right, and the server refuses us.
 */
const WRONG_ADDRESS = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'];

/** Anywhere in a reply: some servers put the code at its end. No part of an IP address. */
const ENHANCED_STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g;

/** Replies to `RCPT TO` that may mean the mailbox (RFC 5321, sections 4.2.3 and 4.3.2). */
const MAYBE_MAILBOX = [550, 551, 553];

/** What servers without enhanced status codes say of a mailbox that is not there. */
const NO_MAILBOX = [
  /\b(no such|unknown|invalid|nonexistent|non-existent) (user|mailbox|recipient|address|account)\b/,
  /\b(user|mailbox|recipient|address|account)( is)? (unknown|not found|not known)\b/,
  /\b(user|mailbox|recipient|address|account) (does not|doesn't) exist\b/,
  /\bno mailbox (here|by that name)\b/,
];

/** Words of a refusal that is about us, whatever else it says. */
const ABOUT_US =
  /block|black|deny|denied|denies|relay|policy|spam|spf|dkim|dmarc|reputation|sender|listed/;

/**
 * True when the server says for certain that nobody can be reached under the address: then trying
 * again is no use. Everything else may pass, or is for us to mend, and is tried again.
 */
export function isAddressWrong({ command, responseCode, response }: SmtpRefusal): boolean {
  if (command !== RECIPIENT_COMMAND || responseCode === undefined) return false;
  if (responseCode < FIRST_PERMANENT || response === undefined) return false;
  const codes = response.match(ENHANCED_STATUS) ?? [];
  if (codes.length > 0) return codes.every((code) => WRONG_ADDRESS.includes(code));
  const words = response.toLowerCase();
  if (!MAYBE_MAILBOX.includes(responseCode) || ABOUT_US.test(words)) return false;
  return NO_MAILBOX.some((pattern) => pattern.test(words));
}
