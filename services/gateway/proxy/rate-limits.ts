import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressGroup } from '../../shared/http/client-address';
import { Problem } from '../../shared/kernel/errors';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

/** How often the same person may ask. */
export interface Rates {
  loginsPerSecond: number;
  requestsPerSecond: number;
  /** Requests above the steady rate, in any `BURST_SECONDS`. */
  burst: number;
}

/** 200 requests at once pass: those of a second and the burst. */
const usualRates: Rates = { loginsPerSecond: 20, requestsPerSecond: 100, burst: 100 };
const BURST_SECONDS = 10;

/** Throws 429 naming the second in which the next request is welcome. */
function refuse(error: unknown): never {
  if (!(error instanceof RateLimiterRes)) throw error;
  throw new Problem(TOO_MANY, 'too-many-requests', 'Too many requests', {
    retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / MS_PER_SECOND)),
  });
}

/**
 * Counts who asks how often. It counts in this process: with several replicas the limits are
 * those of each, which protects every one of them as well.
 */
export class RateLimits {
  private readonly logins: RateLimiterMemory;
  private readonly requests: BurstyRateLimiter;

  constructor({ loginsPerSecond, requestsPerSecond, burst }: Rates = usualRates) {
    this.logins = new RateLimiterMemory({
      keyPrefix: 'login',
      points: loginsPerSecond,
      duration: 1,
    });
    this.requests = new BurstyRateLimiter(
      new RateLimiterMemory({ keyPrefix: 'steady', points: requestsPerSecond, duration: 1 }),
      new RateLimiterMemory({ keyPrefix: 'burst', points: burst, duration: BURST_SECONDS }),
    );
  }

  /** Counts an attempt to log in from this address (IPv6: from its /64). Throws 429. */
  async login(address: string): Promise<void> {
    await this.logins.consume(addressGroup(address)).catch(refuse);
  }

  /** Counts a request of this person, by user id. Throws 429. */
  async request(userId: string): Promise<void> {
    await this.requests.consume(userId).catch(refuse);
  }

  /** Counts a request of nobody we know from this address (IPv6: from its /64). Throws 429. */
  async anonymousRequest(address: string): Promise<void> {
    await this.requests.consume(addressGroup(address)).catch(refuse);
  }
}
