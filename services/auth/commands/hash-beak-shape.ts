import { hash, verify, type Options } from '@node-rs/argon2';
import { Problem } from '../../shared/kernel/errors';

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
const AT_ONCE = 2;
/** At about 50 ms each, the last one waits no longer than its caller does. */
const MAX_WAITING = 100;
/** New shapes may fill half of the queue: whoever floods the sign-up locks nobody out. */
const MAX_WAITING_NEW = MAX_WAITING / 2;
const TOO_MANY = 429;
const RETRY_AFTER_SECONDS = 2;

/**
 * Hashes beak shapes a few at a time and lets a limited number wait, so that a flood of them
 * costs the other routes nothing. Throws `Problem` 429 when the queue is full.
 */
export class BeakShapeHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** The slow hash to keep. */
  async hash(beakShape: string): Promise<string> {
    return this.inTurn(MAX_WAITING_NEW, () => hash(beakShape, HASHING));
  }

  /** Whether the hash is of this shape. Without a hash never, and it takes as long. */
  async matches(kept: string | null, beakShape: string): Promise<boolean> {
    const isRight = await this.inTurn(MAX_WAITING, () => verify(kept ?? NOBODYS_HASH, beakShape));
    return isRight && kept !== null;
  }

  private async inTurn<T>(maxWaiting: number, work: () => Promise<T>): Promise<T> {
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

function tooBusy(): Problem {
  const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
  return new Problem(
    TOO_MANY,
    'too-many-attempts',
    'Too many beak shapes to look at just now',
    options,
  );
}
