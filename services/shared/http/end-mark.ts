import { PassThrough, Writable } from 'node:stream';

/**
 * A sidecar ends an answer in order when the service behind it breaks off in the middle (measured
 * with Dapr 1.18.3), so half a file would look complete. The gateway therefore asks for an end
 * mark: it sends a random one in this header; a service that streams repeats the header and writes
 * the mark after the last byte. The gateway takes the mark off, and breaks the client's download
 * when the mark is missing.
 */
export const END_MARK_HEADER = 'x-end-mark';

/**
 * Sidecars and their access lists know no HEAD, so the gateway asks with GET. This header says that
 * a service which streams its answer shall send none of the body.
 */
export const HEAD_ONLY_HEADER = 'x-head-only';

const END_MARK = /^[0-9a-f]{32}$/;

/** Returns the end mark asked for in a header, or null. */
export function endMarkOf(header: string): string | null {
  return END_MARK.test(header) ? header : null;
}

/** Passes everything on and writes the mark after it, unless what is before it broke off. */
export function withEndMark(mark: string): PassThrough {
  return new PassThrough({
    flush(done) {
      done(null, mark);
    },
  });
}

/** Passes on what comes before the end mark; without the mark it destroys what it writes to. */
export class UntilEndMark extends Writable {
  private held = Buffer.alloc(0);
  private readonly mark: Buffer;
  private goOn: (() => void) | null = null;

  constructor(
    mark: string,
    private readonly target: Writable,
  ) {
    super();
    this.mark = Buffer.from(mark);
    target.once('close', () => this.destroy());
    // One listener for all waits: on a compressed response `once` removes none, because middleware
    // that compresses moves listeners of `drain` to a stream of its own.
    target.on('drain', () => {
      const goOn = this.goOn;
      this.goOn = null;
      goOn?.();
    });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const known = Buffer.concat([this.held, chunk]);
    const end = Math.max(0, known.length - this.mark.length);
    this.held = known.subarray(end);
    if (end === 0 || this.target.write(known.subarray(0, end))) done();
    else this.goOn = done;
  }

  override _final(done: (error?: Error) => void): void {
    if (!this.held.equals(this.mark)) return done(new Error('the answer broke off'));
    // Middleware that compresses ignores a callback of `end`.
    this.target.once('finish', () => done());
    this.target.end();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.target.writableFinished) this.target.destroy();
    done(error);
  }
}
