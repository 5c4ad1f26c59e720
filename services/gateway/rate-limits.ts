import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../shared/kernel/errors';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

const LOGINS_PER_SECOND = 20;
const REQUESTS_PER_SECOND = 100;
/** Above the steady rate, so that 200 at once pass; filled up again after this many seconds. */
const BURST = 100;
const BURST_SECONDS = 10;

/** Throws 429 naming the second in which the next request is welcome. */
function refuse(error: unknown): never {
  if (!(error instanceof RateLimiterRes)) throw error;
  throw new Problem(TOO_MANY, 'too-many-requests', 'Too many requests', {
    retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / MS_PER_SECOND)),
  });
}

/**
 * How often the same person may ask. Counted in this process: with several replicas the limits
 * are per replica, which protects each of them as well.
 */
export class RateLimits {
  private readonly logins = new RateLimiterMemory({
    keyPrefix: 'login',
    points: LOGINS_PER_SECOND,
    duration: 1,
  });
  private readonly requests = new BurstyRateLimiter(
    new RateLimiterMemory({ keyPrefix: 'steady', points: REQUESTS_PER_SECOND, duration: 1 }),
    new RateLimiterMemory({ keyPrefix: 'burst', points: BURST, duration: BURST_SECONDS }),
  );

  /** Counts an attempt to log in from this address. Throws 429. */
  async login(address: string): Promise<void> {
    await this.logins.consume(address).catch(refuse);
  }

  /** Counts a request of this person, or of this address when nobody is signed in. Throws 429. */
  async request(who: string): Promise<void> {
    await this.requests.consume(who).catch(refuse);
  }
}
