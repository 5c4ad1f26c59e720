import { invariant } from '../../../shared/kernel/invariant';
import { multiplyByRate } from '../../../shared/kernel/money';

/** Range of prices in cents, both ends included, and two rates from "0" to "10". */
export interface PriceRule {
  priceMinCents: bigint;
  priceMaxCents: bigint;
  writeOffRate: string;
  accrualRate: string;
}

/** Price of a task, with the fee of an assignment and the reward for finishing. */
export interface TaskPrice {
  priceCents: bigint;
  feeCents: bigint;
  rewardCents: bigint;
}

/** Returns a uniform random integer from `min` to `max`, both included. */
export type RandomInteger = (min: number, max: number) => number;

/** Maximum price of a task, far below `Number.MAX_SAFE_INTEGER`. */
export const MAX_PRICE_CENTS = 1_000_000_000_000n;

/** Draws a price; fee and reward are each rounded once, half up. */
export function drawPrice(rule: PriceRule, randomInteger: RandomInteger): TaskPrice {
  const { priceMinCents, priceMaxCents } = rule;
  invariant(priceMinCents <= priceMaxCents, 'a range begins before it ends');
  invariant(priceMaxCents <= MAX_PRICE_CENTS, 'a price stays within exact numbers');
  const priceCents = BigInt(randomInteger(Number(priceMinCents), Number(priceMaxCents)));
  return {
    priceCents,
    feeCents: multiplyByRate(priceCents, rule.writeOffRate),
    rewardCents: multiplyByRate(priceCents, rule.accrualRate),
  };
}
