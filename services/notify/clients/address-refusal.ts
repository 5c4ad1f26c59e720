/** Refusal of a command by a mail server. */
export interface SmtpRefusal {
  /** Refused SMTP command; another value for connection, TLS and login. */
  command?: string | undefined;
  /** Reply code (RFC 5321, section 4.2). */
  responseCode?: number | undefined;
  /** Whole reply, codes included; several lines are joined by line breaks. */
  response?: string | undefined;
}

/** The only command whose refusal may be about the recipient; others are about us or the letter. */
const RECIPIENT_COMMAND = 'RCPT TO';
const FIRST_PERMANENT = 500;

/**
 * Enhanced status codes of an address that reaches nobody (RFC 3463, section 3.2; the last one RFC
 * 7505): no such mailbox, no such host, bad syntax, moved away, a domain that takes no mail. 5.7.x
 * (policy) is not among them: the address may be right, and the server refuses us.
 */
const WRONG_ADDRESS = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'];

/** Anywhere in a reply, because some servers put the code at its end; not inside an IP address. */
const ENHANCED_STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g;

/** Reply codes to `RCPT TO` that may mean the mailbox (RFC 5321, sections 4.2.3 and 4.3.2). */
const MAYBE_MAILBOX = [550, 551, 553];

/** Texts for a missing mailbox, from servers without enhanced status codes. */
const NO_MAILBOX = [
  /\b(no such|unknown|invalid|nonexistent|non-existent) (user|mailbox|recipient|address|account)\b/,
  /\b(user|mailbox|recipient|address|account)( is)? (unknown|not found|not known)\b/,
  /\b(user|mailbox|recipient|address|account) (does not|doesn't) exist\b/,
  /\bno mailbox (here|by that name)\b/,
];

/** Words of a refusal that is about us, whatever else the text says. */
const ABOUT_US =
  /block|black|deny|denied|denies|relay|policy|spam|spf|dkim|dmarc|reputation|sender|listed/;

/**
 * Returns whether the address certainly reaches nobody: then a retry is no use. Any other refusal
 * may be transient or ours to mend, and is retried.
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
