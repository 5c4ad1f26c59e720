import { query } from '../../shared/db/data-source';
import { badRequest } from '../../shared/kernel/errors';
import { toMoney, type Money } from '../../shared/kernel/money';
import { drawPrice, type RandomInteger, type TaskPrice } from '../domain/price';
import type { Books } from '../queries/books';
import { formulaNow } from '../queries/price-formulas';

/** What a task is worth, as it goes over the wire. */
export interface PriceView {
  taskId: string;
  price: Money;
  fee: Money;
  reward: Money;
}

/** A price that Board still knows and we may have lost. */
export type KnownPrice = Omit<PriceView, 'taskId'>;

const SELECT = 'SELECT price_cents, fee_cents, reward_cents FROM prices WHERE task_id = $1';

const INSERT = `
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (task_id) DO NOTHING`;

/**
 * The price of a task: drawn by the formula of now, or taken from `known`, when it is asked
 * for the first time; the same for ever after. Throws 400 for a known price that can't be one.
 */
export async function priceTask(
  books: Books,
  randomInteger: RandomInteger,
  { taskId, known }: { taskId: string; known: KnownPrice | undefined },
): Promise<PriceView> {
  const given = known && centsOf(known, books.currency);
  const before = await storedPrice(books, taskId);
  if (before) return before;
  const formula = given ? null : await formulaNow(books);
  const { priceCents, feeCents, rewardCents } = given ?? drawPrice(formula!, randomInteger);
  const version = formula?.version ?? null;
  await query(books.database, INSERT, [taskId, version, priceCents, feeCents, rewardCents]);
  // Read again: whoever asked at the same moment may have been first.
  return (await storedPrice(books, taskId))!;
}

async function storedPrice(
  { database, currency }: Books,
  taskId: string,
): Promise<PriceView | null> {
  const [row] = await query<{ price_cents: bigint; fee_cents: bigint; reward_cents: bigint }>(
    database,
    SELECT,
    [taskId],
  );
  if (!row) return null;
  return {
    taskId,
    price: toMoney(row.price_cents, currency),
    fee: toMoney(row.fee_cents, currency),
    reward: toMoney(row.reward_cents, currency),
  };
}

function centsOf(known: KnownPrice, currency: string): TaskPrice {
  const [priceCents, feeCents, rewardCents] = [known.price, known.fee, known.reward].map(
    (money) => {
      if (money.currency !== currency) throw badRequest(`Prices are in ${currency}`);
      return BigInt(money.amount);
    },
  ) as [bigint, bigint, bigint];
  if (priceCents < 1n || feeCents < 0n || rewardCents < 0n) {
    throw badRequest('A price is at least one cent, fee and reward are not negative');
  }
  return { priceCents, feeCents, rewardCents };
}
