import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Letter as received, decoded. */
export interface ReceivedLetter {
  /** Recipients of the SMTP envelope, which decides where the letter goes. */
  recipients: string[];
  /** Header fields by lower-case name, unfolded and decoded. */
  headers: Record<string, string>;
  text: string;
  html: string;
}

/** How the server answers the next letters. */
type Mood = 'accepts' | 'loses its answer';

/** Commands that a test can have refused. */
export type RefusableCommand = 'CONNECT' | 'AUTH' | 'MAIL FROM' | 'RCPT TO' | 'DATA';

const BUSY = '451 busy';

/** Converts a reply for smtp-server: `550 5.1.1 User unknown`, several lines joined by `\n`. */
function smtpError(reply: string): Error {
  const lines = reply.split('\n').map((line) => line.slice('550 '.length));
  const responseCode = Number(reply.slice(0, '550'.length));
  return Object.assign(new Error(), { responseCode, message: lines.length > 1 ? lines : lines[0] });
}

/** Real SMTP server that keeps the letters it gets. */
export class MailServer {
  readonly letters: ReceivedLetter[] = [];
  mood: Mood = 'accepts';
  /** Replies that refuse commands. */
  readonly refusals = new Map<RefusableCommand, string>();
  /** The answer to a letter waits for this promise. */
  gate: Promise<void> = Promise.resolve();
  private port = 0;
  private server = this.create();

  /** Listens; after a stop on the same port as before. Returns the url for `SMTP_URL`. */
  async start(): Promise<string> {
    this.server = this.create();
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.server.address() as AddressInfo).port;
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Stops listening. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => void this.server.close(() => resolve()));
  }

  private refusal(command: RefusableCommand): Error | null {
    const reply = this.refusals.get(command);
    return reply === undefined ? null : smtpError(reply);
  }

  private create(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onConnect: (_session, done) => done(this.refusal('CONNECT')),
      onAuth: (_auth, _session, done) => done(this.refusal('AUTH'), { user: 'popug' }),
      onMailFrom: (_address, _session, done) => done(this.refusal('MAIL FROM')),
      onRcptTo: (_address, _session, done) => done(this.refusal('RCPT TO')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const refusal = this.refusal('DATA');
          if (refusal) return done(refusal);
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          this.letters.push(readLetter(Buffer.concat(chunks).toString('latin1'), recipients));
          if (this.mood === 'loses its answer') return done(smtpError(BUSY));
          void this.gate.then(() => done());
        });
      },
    });
  }
}

function readLetter(raw: string, recipients: string[]): ReceivedLetter {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.trimStart()));
  const textOf = (type: string): string => {
    const part = parts.find((each) => each.headers['content-type']?.startsWith(type));
    return part ? decodeBody(part.body, part.headers['content-transfer-encoding']) : '';
  };
  return { recipients, headers, text: textOf('text/plain'), html: textOf('text/html') };
}

function split(raw: string): { headers: Record<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
  return { headers, body: raw.slice(end + 4) };
}

/** Decodes RFC 2047: `=?utf-8?B?…?=` and `=?utf-8?Q?…?=`, spaces between two of them dropped. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  return quotedPrintable(body.replace(/=\r\n/g, ''));
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
