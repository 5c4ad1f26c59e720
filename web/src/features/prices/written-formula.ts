import type { Paths } from '../../api/client';
import { parseMoney, toDecimal, type Language, type Money } from '../../lib/money';
import { percentOf, rateOfPercent, type Rate } from '../../lib/rate';
import type { PriceFormula } from './queries';

/** A formula as a person writes it: two amounts, two percentages. */
export interface WrittenFormula {
  lowest: string;
  highest: string;
  fee: string;
  reward: string;
}

/** A formula as it is understood. */
export interface Rule {
  lowest: Money;
  highest: Money;
  feeRate: Rate;
  rewardRate: Rate;
}

type NewFormula =
  Paths['/api/v1/price-formulas']['post']['requestBody']['content']['application/json'];

/** Returns a formula as a form shows it. */
export function writtenFormula(formula: PriceFormula, language: Language): WrittenFormula {
  const local = (number: string): string => (language === 'ru' ? number.replace('.', ',') : number);
  return {
    lowest: local(toDecimal(formula.priceMin)),
    highest: local(toDecimal(formula.priceMax)),
    fee: local(percentOf(formula.writeOffRate)),
    reward: local(percentOf(formula.accrualRate)),
  };
}

/** Returns what was written; null for each part that is none. */
export function readFormula(
  written: WrittenFormula,
  currency: string,
): { [Key in keyof Rule]: Rule[Key] | null } {
  const lowest = parseMoney(written.lowest, currency);
  const highest = parseMoney(written.highest, currency);
  const isRange = lowest && highest && BigInt(lowest.amount) <= BigInt(highest.amount);
  return {
    lowest: lowest?.amount === '0' ? null : lowest,
    highest: lowest && !isRange ? null : highest,
    feeRate: rateOfPercent(written.fee),
    rewardRate: rateOfPercent(written.reward),
  };
}

/** Whether all parts were understood. */
export function isWhole(rule: ReturnType<typeof readFormula>): rule is Rule {
  return Object.values(rule).every((part) => part !== null);
}

/** Returns the request for a version; it starts at once without a moment. */
export function bodyOf(rule: Rule, validFrom: string | null): NewFormula {
  // The document names the currency of a default configuration.
  const range = { priceMin: rule.lowest, priceMax: rule.highest } as Pick<
    NewFormula,
    'priceMin' | 'priceMax'
  >;
  const rates = { writeOffRate: rule.feeRate, accrualRate: rule.rewardRate };
  return { ...range, ...rates, ...(validFrom !== null && { validFrom }) };
}
