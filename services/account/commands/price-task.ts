import { query } from '../../shared/db/data-source';
import { badRequest } from '../../shared/kernel/errors';
import { drawPrice, type RandomInteger, type TaskPrice } from '../domain/price';
import type { Books } from '../queries/books';
import { formulaNow } from '../queries/price-formulas';

const SELECT = 'SELECT price_cents, fee_cents, reward_cents FROM prices WHERE task_id = $1';

const INSERT = `
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (task_id) DO NOTHING`;

/**
 * The price of a task: drawn by the formula of now, or taken from `known`, which Board kept,
 * when it is asked for the first time; the same for ever after. Throws 400 for a known price
 * that can't be one.
 */
export async function priceTask(
  books: Books,
  randomInteger: RandomInteger,
  { taskId, known }: { taskId: string; known: TaskPrice | null },
): Promise<TaskPrice> {
  if (known) checkPrice(known);
  const before = await storedPrice(books, taskId);
  if (before) return before;
  const formula = known ? null : await formulaNow(books);
  const { priceCents, feeCents, rewardCents } = known ?? drawPrice(formula!, randomInteger);
  const version = formula?.version ?? null;
  await query(books.database, INSERT, [taskId, version, priceCents, feeCents, rewardCents]);
  // Read again: whoever asked at the same moment may have been first.
  return (await storedPrice(books, taskId))!;
}

interface PriceRow {
  price_cents: bigint;
  fee_cents: bigint;
  reward_cents: bigint;
}

async function storedPrice({ database }: Books, taskId: string): Promise<TaskPrice | null> {
  const [row] = await query<PriceRow>(database, SELECT, [taskId]);
  if (!row) return null;
  return { priceCents: row.price_cents, feeCents: row.fee_cents, rewardCents: row.reward_cents };
}

function checkPrice({ priceCents, feeCents, rewardCents }: TaskPrice): void {
  if (priceCents < 1n || feeCents < 0n || rewardCents < 0n) {
    throw badRequest('A price is at least one cent, fee and reward are not negative');
  }
}
