import { LessThan, LessThanOrEqual } from 'typeorm';
import { invariant } from '../../shared/kernel/invariant';
import { toMoney, type Money } from '../../shared/kernel/money';
import { PriceFormula } from '../entities/price-formula.entity';
import type { Books } from './books';

/** A price formula as people see it. */
export interface PriceFormulaView {
  version: number;
  validFrom: string;
  priceMin: Money;
  priceMax: Money;
  writeOffRate: string;
  accrualRate: string;
  createdBy: string | null;
  createdAt: string;
}

/** The formula as it goes over the wire. */
export function presentFormula(formula: PriceFormula, currency: string): PriceFormulaView {
  const { version, writeOffRate, accrualRate, createdBy } = formula;
  return {
    version,
    validFrom: formula.validFrom.toISOString(),
    priceMin: toMoney(formula.priceMinCents, currency),
    priceMax: toMoney(formula.priceMaxCents, currency),
    writeOffRate,
    accrualRate,
    createdBy,
    createdAt: formula.createdAt.toISOString(),
  };
}

/** The formula that prices are drawn by now: the last to come into force. */
export async function formulaNow({ database, clock }: Books): Promise<PriceFormula> {
  const formula = await database.manager.findOne(PriceFormula, {
    where: { validFrom: LessThanOrEqual(clock()) },
    order: { validFrom: 'DESC', version: 'DESC' },
  });
  invariant(formula, 'the first formula is valid from the beginning of time');
  return formula;
}

/** Up to `count` formulas, newest first, from the one below version `before` on. */
export async function priceFormulas(
  { database, currency }: Books,
  { before, count }: { before: number | null; count: number },
): Promise<PriceFormulaView[]> {
  const formulas = await database.manager.find(PriceFormula, {
    where: before === null ? {} : { version: LessThan(before) },
    order: { version: 'DESC' },
    take: count,
  });
  return formulas.map((formula) => presentFormula(formula, currency));
}
