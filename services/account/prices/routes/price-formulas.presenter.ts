import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { listPriceFormulas } from '../queries/price-formulas';
import type { formulaView } from './price-formulas.schemas';

type PriceFormula = Awaited<ReturnType<typeof listPriceFormulas>>[number];

/** Presents a price formula. */
export function presentFormula(
  formula: PriceFormula,
  currency: string,
): z.infer<typeof formulaView> {
  return {
    version: formula.version,
    validFrom: formula.validFrom.toISOString(),
    priceMin: toMoney(formula.priceMinCents, currency),
    priceMax: toMoney(formula.priceMaxCents, currency),
    writeOffRate: formula.writeOffRate,
    accrualRate: formula.accrualRate,
    createdBy: formula.createdBy,
    createdAt: formula.createdAt.toISOString(),
  };
}
