import { query } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { drawPrice, type RandomInteger, type TaskPrice } from '../domain/price';
import { formulaNow } from '../queries/price-formulas';

const SELECT = 'SELECT price_cents, fee_cents, reward_cents FROM prices WHERE task_id = $1';

const INSERT = `
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (task_id) DO NOTHING`;

/** The price of a task: drawn by the formula of now when first asked for, then kept for ever. */
export async function priceTask(
  context: AccountContext,
  taskId: string,
  randomInteger: RandomInteger,
): Promise<TaskPrice> {
  const before = await storedPrice(context, taskId);
  if (before) return before;
  const formula = await formulaNow(context);
  const { priceCents, feeCents, rewardCents } = drawPrice(formula, randomInteger);
  const params = [taskId, formula.version, priceCents, feeCents, rewardCents];
  await query(context.database, INSERT, params);
  // Read again: whoever asked at the same moment may have been first.
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
