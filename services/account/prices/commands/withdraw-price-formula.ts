import { recordAudit } from '../../../shared/db/audit-log';
import { query } from '../../../shared/db/data-source';
import { conflict, notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { lockFormulas } from '../steps/lock-formulas';

const FIND = `
SELECT valid_from, price_min_cents::text AS "priceMinCents",
  price_max_cents::text AS "priceMaxCents", write_off_rate AS "writeOffRate",
  accrual_rate AS "accrualRate"
FROM price_formulas
WHERE version = $1 AND version NOT IN (SELECT version FROM withdrawn_price_formulas)`;

const WITHDRAW = `
INSERT INTO withdrawn_price_formulas (version, withdrawn_by, withdrawn_at) VALUES ($1, $2, $3)`;

interface Row {
  valid_from: Date;
  priceMinCents: string;
  priceMaxCents: string;
  writeOffRate: string;
  accrualRate: string;
}

/**
 * Withdraws a price formula before its start: no price is ever drawn by it. Throws 404 for an
 * unknown version and one withdrawn before, 409 `already-started` once prices may have been drawn.
 */
export async function withdrawPriceFormula(
  context: AccountContext,
  { version, actorId }: { version: number; actorId: string },
): Promise<void> {
  await context.database.transaction(async (tx) => {
    await lockFormulas(tx, 'to withdraw');
    const [found] = await query<Row>(tx, FIND, [version]);
    if (!found) throw notFound('Price formula');
    const { valid_from: validFrom, ...rule } = found;
    // Read after the lock was granted: the wait may have lasted past the start.
    const now = await context.now(tx);
    if (validFrom <= now) {
      const detail = `It is in force since ${validFrom.toISOString()}: add a newer one instead`;
      throw conflict('already-started', 'The formula has started', detail);
    }
    await query(tx, WITHDRAW, [version, actorId, now]);
    const before = { ...rule, validFrom };
    const subject = String(version);
    await recordAudit(tx, { actorId, action: 'price-formula.withdrawn', subject, before });
  });
}
