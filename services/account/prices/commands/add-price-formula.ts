import { recordAudit } from '../../../shared/db/audit-log';
import { isUniqueViolation } from '../../../shared/db/errors';
import { badRequest, conflict } from '../../../shared/kernel/errors';
import { derivedId, newId } from '../../../shared/kernel/ids';
import { parseRate } from '../../../shared/kernel/money';
import type { AccountContext } from '../../context';
import { MAX_PRICE_CENTS, type PriceRule } from '../domain/price';
import { PriceFormula } from '../entities/price-formula.entity';

/** New price formula; null for `validFrom` means from now on. */
export interface NewPriceFormula extends PriceRule {
  validFrom: Date | null;
  actorId: string;
  /** Route and idempotency key: a repeat with both returns the first formula. */
  request: { target: string; idempotencyKey: string | null };
}

/**
 * Adds a version of the price formula; stored prices do not change. Throws 400 for an invalid range
 * or rate or a past `validFrom`, 409 `id-taken` when the idempotency key was used for another
 * formula.
 */
export async function addPriceFormula(
  context: AccountContext,
  input: NewPriceFormula,
): Promise<PriceFormula> {
  const { database } = context;
  checkRule(input);
  const { actorId, request } = input;
  const id =
    request.idempotencyKey === null
      ? newId()
      : derivedId(actorId, request.target, request.idempotencyKey);
  const before = await database.manager.findOneBy(PriceFormula, { id });
  if (before) return repeated(before, input);
  const now = await context.now(database);
  const validFrom = input.validFrom ?? now;
  if (validFrom < now) throw fault('/validFrom', 'in-the-past', 'must not be in the past');
  const { priceMinCents, priceMaxCents, writeOffRate, accrualRate } = input;
  const rule = { priceMinCents, priceMaxCents, writeOffRate, accrualRate };
  try {
    return await database.transaction(async (tx) => {
      const added = { ...rule, id, validFrom, createdBy: actorId, createdAt: now };
      const formula = await tx.save(tx.create(PriceFormula, added));
      // JSON has no bigint.
      const range = { priceMinCents: `${priceMinCents}`, priceMaxCents: `${priceMaxCents}` };
      const after = { ...range, writeOffRate, accrualRate, validFrom };
      const subject = String(formula.version);
      await recordAudit(tx, { actorId, action: 'price-formula.added', subject, after });
      return formula;
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'price_formulas_id_key')) throw error;
    const winner = await database.manager.findOneByOrFail(PriceFormula, { id });
    return repeated(winner, input);
  }
}

function repeated(before: PriceFormula, input: NewPriceFormula): PriceFormula {
  const isSame =
    before.priceMinCents === input.priceMinCents &&
    before.priceMaxCents === input.priceMaxCents &&
    before.writeOffRate === input.writeOffRate &&
    before.accrualRate === input.accrualRate &&
    (input.validFrom === null || before.validFrom.getTime() === input.validFrom.getTime());
  if (isSame) return before;
  throw conflict('id-taken', 'This Idempotency-Key was used for another formula');
}

function checkRule(rule: PriceRule): void {
  const { priceMinCents, priceMaxCents, writeOffRate, accrualRate } = rule;
  if (priceMinCents < 1n) throw fault('/priceMin', 'too-small', 'must be at least one cent');
  if (priceMaxCents < priceMinCents)
    throw fault('/priceMax', 'below-minimum', 'must not be below priceMin');
  if (priceMaxCents > MAX_PRICE_CENTS) throw fault('/priceMax', 'too-big', 'is too large');
  if (parseRate(writeOffRate) === null) throw fault('/writeOffRate', 'wrong-rate', RATE_RULE);
  if (parseRate(accrualRate) === null) throw fault('/accrualRate', 'wrong-rate', RATE_RULE);
}

const RATE_RULE = 'must be a decimal from 0 to 10 with up to four places';

function fault(pointer: string, code: string, detail: string): Error {
  return badRequest(`${pointer} ${detail}`, [{ pointer, detail, code }]);
}
