import { invariant } from '../../../shared/kernel/invariant';
import { multiplyByRate } from '../../../shared/kernel/money';

/** How prices are drawn: a range in cents, both ends included, and two rates from "0" to "10". */
export interface PriceRule {
  priceMinCents: bigint;
  priceMaxCents: bigint;
  writeOffRate: string;
  accrualRate: string;
}

/** What a task is worth, and what moves when it is dealt and when it is done. */
export interface TaskPrice {
  priceCents: bigint;
  feeCents: bigint;
  rewardCents: bigint;
}

/** A whole number from `min` to `max`, both included, each as likely as any other. */
export type RandomInteger = (min: number, max: number) => number;

/** The most a task may be worth; far below where JavaScript's numbers lose digits. */
export const MAX_PRICE_CENTS = 1_000_000_000_000n;

/** Draws a price; fee and reward are rounded half up, once. */
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
