import { hash, parseOptions, verify, type Options } from '@node-rs/argon2';
import { Problem, badRequest } from '../../shared/kernel/errors';
import { prepareSecret } from '../../shared/kernel/secret';

/** argon2id as in OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
export const HASHING = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} satisfies Options;

/**
 * Hash of 32 random bytes, not stored: unknown logins are compared with this hash and take as long
 * as a wrong beak shape (timing attack).
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$jJcO7O1hCb+Z8uokdKfVeQ' +
  '$+4XTRKzdVxIDgyRHdeg9XhHRCjjsY9QHNvdm5fZ2HSI';

/** Concurrent comparisons; each takes a thread of libuv's pool, shared with file and DNS work. */
export const AT_ONCE = 2;
/** Queue length: at about 50 ms a hash, the last one waits less than the caller's timeout. */
const MAX_WAITING = 100;
/** Queue length for new shapes: half, so that a flood of sign-ups can't block logins. */
const MAX_WAITING_NEW = MAX_WAITING / 2;
const TOO_MANY = 429;
const RETRY_AFTER_SECONDS = 2;

/** Hashed text: as typed, or normalised by `prepareSecret`. */
export const SCHEME = { raw: 0, prepared: 1 } as const;

/** A stored hash and its scheme. */
export interface KeptHash {
  hash: string;
  scheme: number;
}

/** Result of a comparison; `renewed` is the hash to store instead, or null. */
export interface Comparison {
  isRight: boolean;
  renewed: string | null;
}

/** Compares a beak shape with a stored hash, null for an unknown person. */
export type Compare = (kept: KeptHash | null, beakShape: string) => Promise<Comparison>;

const WRONG: Comparison = { isRight: false, renewed: null };

/**
 * Hashes beak shapes, `AT_ONCE` at a time with a bounded queue: a flood does not slow other routes
 * down. Throws 429 `too-many-attempts` when the queue is full.
 */
export class BeakShapeHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** Returns the hash of the normalised text. Throws 400 for what is no secret (RFC 8265). */
  async hash(beakShape: string): Promise<string> {
    const prepared = prepareSecret(beakShape);
    if (prepared === null) throw badRequest('A beak shape has no control characters');
    return this.afterWaiting(MAX_WAITING_NEW, () => hash(prepared, HASHING));
  }

  /** Runs `work` when its turn comes; only `work` may compare shapes. */
  async inTurn<T>(work: (compare: Compare) => Promise<T>): Promise<T> {
    return this.afterWaiting(MAX_WAITING, () => work(compareShape));
  }

  private async afterWaiting<T>(maxWaiting: number, work: () => Promise<T>): Promise<T> {
    await this.enter(maxWaiting);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(maxWaiting: number): Promise<void> {
    if (this.running < AT_ONCE) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= maxWaiting) throw tooBusy();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Passes the slot to the next in the queue, or frees it. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}

/**
 * Compares; the time of a wrong attempt depends on the text alone, not on the stored hash (timing
 * attack). A text with another normalised form costs two comparisons, the second with
 * `NOBODYS_HASH` unless the stored hash is of the text as typed.
 */
async function compareShape(kept: KeptHash | null, beakShape: string): Promise<Comparison> {
  const prepared = prepareSecret(beakShape);
  if (prepared !== null && (await verify(kept?.hash ?? NOBODYS_HASH, prepared))) {
    if (!kept) return WRONG;
    const isCurrent = kept.scheme === SCHEME.prepared && !isOutdated(kept.hash);
    return { isRight: true, renewed: isCurrent ? null : await hash(prepared, HASHING) };
  }
  if (prepared === beakShape) return WRONG;
  const ofRawText = kept?.scheme === SCHEME.raw ? kept.hash : null;
  if (!(await verify(ofRawText ?? NOBODYS_HASH, beakShape)) || ofRawText === null) return WRONG;
  return { isRight: true, renewed: prepared === null ? null : await hash(prepared, HASHING) };
}

/** Returns whether the hash has other parameters than `HASHING`. */
function isOutdated(kept: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(kept);
  return (
    algorithm !== HASHING.algorithm ||
    memoryCost !== HASHING.memoryCost ||
    timeCost !== HASHING.timeCost ||
    parallelism !== HASHING.parallelism
  );
}

function tooBusy(): Problem {
  const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
  return new Problem(
    TOO_MANY,
    'too-many-attempts',
    'Too many beak shapes to look at just now',
    options,
  );
}
