import { LessThan, LessThanOrEqual } from 'typeorm';
import type { Tx } from '../../../shared/db/data-source';
import { invariant } from '../../../shared/kernel/invariant';
import type { AccountContext } from '../../context';
import { PriceFormula } from '../entities/price-formula.entity';

const NOT_WITHDRAWN = `NOT EXISTS (
  SELECT FROM withdrawn_price_formulas gone WHERE gone.version = formula.version)`;

/**
 * Returns the formula in force: the one with the latest `validFrom` that has passed and that was
 * not withdrawn.
 */
export async function formulaNow(tx: Tx, { now }: AccountContext): Promise<PriceFormula> {
  const formula = await tx
    .createQueryBuilder(PriceFormula, 'formula')
    .where({ validFrom: LessThanOrEqual(await now(tx)) })
    .andWhere(NOT_WITHDRAWN)
    .orderBy({ 'formula.validFrom': 'DESC', 'formula.version': 'DESC' })
    .limit(1)
    .getOne();
  invariant(formula, 'the first formula is valid from the beginning of time');
  return formula;
}

/**
 * Returns up to `count` formulas with versions below `before`, newest first; none that were
 * withdrawn.
 */
export function listPriceFormulas(
  { database }: AccountContext,
  { before, count }: { before: number | null; count: number },
): Promise<PriceFormula[]> {
  return database.manager
    .createQueryBuilder(PriceFormula, 'formula')
    .where(before === null ? {} : { version: LessThan(before) })
    .andWhere(NOT_WITHDRAWN)
    .orderBy('formula.version', 'DESC')
    .limit(count)
    .getMany();
}
