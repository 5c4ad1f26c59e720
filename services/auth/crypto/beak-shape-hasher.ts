import { hash, parseOptions, verify, type Options } from '@node-rs/argon2';
import { Problem, badRequest } from '../../shared/kernel/errors';
import { prepareSecret } from '../../shared/kernel/secret';

/** argon2id as OWASP's password storage cheat sheet asks: 19 MiB, two passes, one lane. */
export const HASHING = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} satisfies Options;

/**
 * Hash of 32 random bytes that nobody kept: what an unknown login is compared with, so that it
 * takes as long as a wrong beak shape.
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$jJcO7O1hCb+Z8uokdKfVeQ' +
  '$+4XTRKzdVxIDgyRHdeg9XhHRCjjsY9QHNvdm5fZ2HSI';

/** Each takes a thread of the pool that file and DNS work shares. */
export const AT_ONCE = 2;
/** At about 50 ms each, the last one waits no longer than its caller does. */
const MAX_WAITING = 100;
/** New shapes may fill half of the queue: whoever floods the sign-up locks nobody out. */
const MAX_WAITING_NEW = MAX_WAITING / 2;
const TOO_MANY = 429;
const RETRY_AFTER_SECONDS = 2;

/** The text that a hash is of: as it was typed, or as `prepareSecret` writes it. */
export const SCHEME = { raw: 0, prepared: 1 } as const;

/** A hash and the text it is of, one of `SCHEME`. */
export interface KeptHash {
  hash: string;
  scheme: number;
}

/** Outcome of a comparison; `renewed` is the hash to keep instead, null to leave the kept one. */
export interface Comparison {
  isRight: boolean;
  renewed: string | null;
}

/** Compares a beak shape with what is kept, null for nobody. */
export type Compare = (kept: KeptHash | null, beakShape: string) => Promise<Comparison>;

const WRONG: Comparison = { isRight: false, renewed: null };

/**
 * Hashes beak shapes a few at a time and lets a limited number wait, so that a flood of them
 * costs the other routes nothing. Throws `Problem` 429 when the queue is full.
 */
export class BeakShapeHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** The slow hash to keep, of the prepared text. Throws 400 for what is no secret (RFC 8265). */
  async hash(beakShape: string): Promise<string> {
    const prepared = prepareSecret(beakShape);
    if (prepared === null) throw badRequest('A beak shape has no control characters');
    return this.afterWaiting(MAX_WAITING_NEW, () => hash(prepared, HASHING));
  }

  /** Runs `work` when its turn comes; only then may shapes be compared. */
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

  /** The place goes to the next in line, else it is free. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}

/**
 * How long it takes depends on the text alone, never on what is kept: a text that is typed in
 * another form than the prepared one costs two comparisons, with nobody's hash where the kept
 * one is not of the text as it was typed.
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

/** Whether the hash was made with other parameters than we take today. */
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
