import { LessThan, LessThanOrEqual } from 'typeorm';
import { invariant } from '../../../shared/kernel/invariant';
import type { AccountContext } from '../../context';
import { PriceFormula } from '../entities/price-formula.entity';

/** Returns the formula in force: the one with the latest `validFrom` that has passed. */
export async function formulaNow({ database, now }: AccountContext): Promise<PriceFormula> {
  const formula = await database.manager.findOne(PriceFormula, {
    where: { validFrom: LessThanOrEqual(await now(database)) },
    order: { validFrom: 'DESC', version: 'DESC' },
  });
  invariant(formula, 'the first formula is valid from the beginning of time');
  return formula;
}

/** Returns up to `count` formulas with versions below `before`, newest first. */
export function listPriceFormulas(
  { database }: AccountContext,
  { before, count }: { before: number | null; count: number },
): Promise<PriceFormula[]> {
  return database.manager.find(PriceFormula, {
    where: before === null ? {} : { version: LessThan(before) },
    order: { version: 'DESC' },
    take: count,
  });
}
