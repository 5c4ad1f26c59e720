import type { Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type PriceFormula = Schemas['PriceFormula'];

export const TOUCHES = ['/api/v1/price-formulas'] as const;

/** Versions of the price formula, newest first; none that were withdrawn. */
export function useFormulas() {
  return useList('/api/v1/price-formulas', {});
}

/** Whether prices are drawn by a version now, will be, or were. */
export type FormulaState = 'planned' | 'inForce' | 'replaced';

/**
 * Returns the version in force: of those that have started the one that started last, and of these
 * the newest.
 */
export function formulaInForce(
  formulas: readonly PriceFormula[],
  now: number,
): PriceFormula | undefined {
  return formulas
    .filter(({ validFrom }) => Date.parse(validFrom) <= now)
    .sort(
      (one, other) =>
        Date.parse(other.validFrom) - Date.parse(one.validFrom) || other.version - one.version,
    )[0];
}

/** Returns the state of a version. */
export function stateOf(
  formula: PriceFormula,
  inForce: PriceFormula | undefined,
  now: number,
): FormulaState {
  if (Date.parse(formula.validFrom) > now) return 'planned';
  return formula.version === inForce?.version ? 'inForce' : 'replaced';
}
