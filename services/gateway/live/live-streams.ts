import { PassThrough, type Readable } from 'node:stream';
import { Gauge, type Registry } from 'prom-client';
import type { Hint } from '../../shared/contracts/events/hints';
import type { Caller } from '../../shared/http/caller';
import { Problem } from '../../shared/kernel/errors';
import { ToldHints } from './told-hints';

/** Streams of one person: browser tabs and devices. */
const MAX_PER_PERSON = 8;
/** Streams of this process; a stream takes about 20 kB. */
const MAX_STREAMS = 5_000;
/** Events that a client may have missed while it reconnected. */
const MAX_REMEMBERED = 1_000;
/** Unread bytes after which a client counts as gone. */
const MAX_UNREAD = 64 * 1_024;
/** Heartbeat interval: proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Delay before a client reconnects. */
const RECONNECT_MS = 1_000;
/** Shortest time between two resets of all clients. */
const RESET_REST_MS = 10_000;
const TOO_MANY = 429;
const RETRY_AFTER_SECONDS = 10;

/** Hints of one event. */
export interface HintEvent {
  /** Id of the event, the same on all replicas: the id of the stream's messages. */
  id: string;
  hints: readonly Hint[];
}

/** A person who listens. */
export interface Listener {
  caller: Caller;
  /** `Last-Event-ID` of a client that reconnects, or null. */
  lastEventId: string | null;
  /** End of the access token, in ms since the epoch: the client reconnects with a newer one. */
  expiresAtMs: number;
}

interface Stream {
  caller: Caller;
  output: PassThrough;
}

interface Remembered {
  id: string;
  told: ToldHints;
}

const RESET = 'event: reset\ndata: {}\n\n';

/** Returns the messages of an event; only the last one has the id, so that none is skipped. */
function messages({ id, told }: Remembered, caller: Caller): string {
  const hints = told.for(caller);
  return hints
    .map((hint, index) => {
      const mark = index === hints.length - 1 ? `id: ${id}\n` : '';
      return `${mark}event: hint\ndata: ${JSON.stringify(hint)}\n\n`;
    })
    .join('');
}

/**
 * Open streams of server-sent events (WHATWG HTML, section 9.2). Remembers the latest events, so
 * that a client that reconnects misses none; a client whose last event is unknown is told to reset:
 * to fetch everything it shows again.
 */
export class LiveStreams {
  private readonly streams = new Set<Stream>();
  private readonly remembered: Remembered[] = [];
  private readonly known = new Set<string>();
  private readonly heartbeat: NodeJS.Timeout;
  private resetAtMs = 0;
  private isStopping = false;

  constructor(
    registry: Registry,
    private readonly now: () => number = Date.now,
  ) {
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
    const { streams } = this;
    new Gauge({
      name: 'live_streams',
      help: 'Open streams of live hints',
      registers: [registry],
      collect() {
        this.set(streams.size);
      },
    });
  }

  /**
   * Opens a stream until the token expires or the session changes. Throws 429 `too-many-streams`.
   */
  open({ caller, lastEventId, expiresAtMs }: Listener): Readable {
    this.demandRoom(caller);
    const output = new PassThrough();
    const stream = { caller, output };
    this.streams.add(stream);
    const expiry = setTimeout(() => output.end(), Math.max(expiresAtMs - this.now(), 0));
    expiry.unref();
    output.once('close', () => {
      clearTimeout(expiry);
      this.streams.delete(stream);
    });
    // Errors of the response reach the stream; without a listener they would end the process.
    output.on('error', () => output.destroy());
    output.write(`retry: ${RECONNECT_MS}\n\n`);
    if (lastEventId !== null) output.write(this.missed(caller, lastEventId));
    return output;
  }

  /** Sends an event to those whom it concerns. An event that came before is ignored. */
  tell({ id, hints }: HintEvent): void {
    if (this.known.has(id)) return;
    const event = { id, told: new ToldHints(hints) };
    this.remember(event);
    for (const stream of this.streams) this.write(stream, messages(event, stream.caller));
    const ended = event.told.sessionsOf;
    // The client reconnects, and Auth decides whether the session goes on, and with which rights.
    if (ended.size > 0) this.end(({ caller }) => ended.has(caller.id));
  }

  /** Tells all clients to fetch everything again, because events were missed. */
  reset(): void {
    if (this.now() - this.resetAtMs < RESET_REST_MS) return;
    this.resetAtMs = this.now();
    for (const stream of this.streams) this.write(stream, RESET);
  }

  /** Ends all streams; clients reconnect to another replica. */
  stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.heartbeat);
    this.end(() => true);
    return Promise.resolve();
  }

  private demandRoom({ id }: Caller): void {
    let own = 0;
    for (const { caller } of this.streams) if (caller.id === id) own += 1;
    if (!this.isStopping && own < MAX_PER_PERSON && this.streams.size < MAX_STREAMS) return;
    const detail = `At most ${MAX_PER_PERSON} at once for one person`;
    const title = 'Too many live streams are open';
    throw new Problem(TOO_MANY, 'too-many-streams', title, {
      detail,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  private remember(event: Remembered): void {
    this.known.add(event.id);
    this.remembered.push(event);
    const gone = this.remembered.length > MAX_REMEMBERED ? this.remembered.shift() : undefined;
    if (gone) this.known.delete(gone.id);
  }

  private missed(caller: Caller, lastEventId: string): string {
    const last = this.remembered.findIndex(({ id }) => id === lastEventId);
    if (last < 0) return RESET;
    const later = this.remembered.slice(last + 1);
    return later.map((event) => messages(event, caller)).join('');
  }

  private beat(): void {
    for (const stream of this.streams) this.write(stream, ': heartbeat\n\n');
  }

  private write({ output }: Stream, text: string): void {
    if (text === '' || output.writableEnded) return;
    output.write(text);
    if (output.writableLength > MAX_UNREAD) output.destroy();
  }

  private end(isMeant: (stream: Stream) => boolean): void {
    for (const stream of this.streams) if (isMeant(stream)) stream.output.end();
  }
}
