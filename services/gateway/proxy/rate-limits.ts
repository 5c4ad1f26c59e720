import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressGroup } from '../../shared/http/client-address';
import { Problem } from '../../shared/kernel/errors';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

/** Rate limits. */
export interface Rates {
  loginsPerSecond: number;
  requestsPerSecond: number;
  /** Requests above the steady rate in any `BURST_SECONDS`. */
  burst: number;
}

/** Lets 200 concurrent requests pass: `requestsPerSecond` plus `burst`. */
const usualRates: Rates = { loginsPerSecond: 20, requestsPerSecond: 100, burst: 100 };
const BURST_SECONDS = 10;

/** Throws 429 with `Retry-After`, in seconds. */
function refuse(error: unknown): never {
  if (!(error instanceof RateLimiterRes)) throw error;
  throw new Problem(TOO_MANY, 'too-many-requests', 'Too many requests', {
    retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / MS_PER_SECOND)),
  });
}

/**
 * Rate limits, counted in the memory of this process: each replica has its own limits, which
 * protect that replica.
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

  /** Counts a login from the address (IPv6: from its /64). Throws 429. */
  async login(address: string): Promise<void> {
    await this.logins.consume(addressGroup(address)).catch(refuse);
  }

  /** Counts a request of a person. Throws 429. */
  async request(userId: string): Promise<void> {
    await this.requests.consume(userId).catch(refuse);
  }

  /** Counts an anonymous request from the address (IPv6: from its /64). Throws 429. */
  async anonymousRequest(address: string): Promise<void> {
    await this.requests.consume(addressGroup(address)).catch(refuse);
  }
}
