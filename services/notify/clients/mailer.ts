import { createTransport, type SMTPSentMessageInfo, type Transporter } from 'nodemailer';
import { ADDRESS_REFUSED } from '../../shared/contracts/calls/notify';
import { Problem, unavailable } from '../../shared/kernel/errors';
import { isAddressWrong, type SmtpRefusal } from './address-refusal';
import type { Channel, OutgoingLetter } from './channel';

/** Below the 10 s that callers wait. */
const DEADLINE_MS = 8_000;
const STEP_TIMEOUT_MS = 5_000;
const UNPROCESSABLE = 422;

/** Sends letters as email, by SMTP. Only this file knows nodemailer. */
export class Mailer implements Channel {
  private readonly transport: Transporter<SMTPSentMessageInfo>;
  private readonly domain: string;

  constructor(
    smtpUrl: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url: smtpUrl,
      connectionTimeout: STEP_TIMEOUT_MS,
      greetingTimeout: STEP_TIMEOUT_MS,
      socketTimeout: STEP_TIMEOUT_MS,
      dnsTimeout: STEP_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.domain = /@([^\s>]+)>?$/.exec(from)![1]!;
  }

  /**
   * Hands the letter to the mail server. The Message-ID derives from the key, so a duplicate after
   * a lost answer is recognisable (RFC 5322, section 3.6.4). Throws 422 `address-refused` when the
   * address is certainly wrong, 503 for every other failure.
   */
  async send({ key, to, locale, subject, text, html }: OutgoingLetter): Promise<void> {
    try {
      await this.transport.sendMail({
        messageId: `<${key}@${this.domain}>`,
        from: this.from,
        to,
        subject,
        text,
        html,
        // RFC 3834: out-of-office responders must not answer.
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
    } catch (error) {
      const isWrong = isAddressWrong(error as SmtpRefusal);
      throw isWrong ? refused(error) : unavailable('The mail server', error);
    }
  }

  /** Closes all connections. */
  close(): void {
    this.transport.close();
  }
}

function refused(cause: unknown): Problem {
  const title = 'The mail server does not take letters to this address';
  return new Problem(UNPROCESSABLE, ADDRESS_REFUSED, title, { cause });
}
