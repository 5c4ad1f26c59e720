import { query } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { drawPrice, type RandomInteger, type TaskPrice } from '../domain/price';
import { formulaNow } from '../queries/price-formulas';
import { lockFormulas } from '../steps/lock-formulas';

const SELECT = 'SELECT price_cents, fee_cents, reward_cents FROM prices WHERE task_id = $1';

const INSERT = `
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (task_id) DO NOTHING`;

/**
 * Returns the price of a task. The first request draws the price by the formula in force and stores
 * it for good.
 */
export async function priceTask(
  context: AccountContext,
  taskId: string,
  randomInteger: RandomInteger,
): Promise<TaskPrice> {
  const before = await storedPrice(context, taskId);
  if (before) return before;
  await context.database.transaction(async (tx) => {
    await lockFormulas(tx, 'to draw');
    const formula = await formulaNow(tx, context);
    const { priceCents, feeCents, rewardCents } = drawPrice(formula, randomInteger);
    const params = [taskId, formula.version, priceCents, feeCents, rewardCents];
    await query(tx, INSERT, params);
  });
  // Read again: a concurrent request may have stored its price first.
  return (await storedPrice(context, taskId))!;
}

interface PriceRow {
  price_cents: bigint;
  fee_cents: bigint;
  reward_cents: bigint;
}

async function storedPrice(
  { database }: AccountContext,
  taskId: string,
): Promise<TaskPrice | null> {
  const [row] = await query<PriceRow>(database, SELECT, [taskId]);
  if (!row) return null;
  return { priceCents: row.price_cents, feeCents: row.fee_cents, rewardCents: row.reward_cents };
}
