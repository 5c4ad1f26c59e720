import { askPrice } from '../../shared/contracts/calls/account';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { badRequest } from '../../shared/kernel/errors';
import { toMoney, type Money } from '../../shared/kernel/money';
import { priceTask } from '../commands/price-task';
import { policies } from '../policies';
import type { Books } from '../queries/books';

/** What Board asks when a task is created. */
export function pricesRoutes(
  books: Books,
  randomInteger: (min: number, max: number) => number,
): Route[] {
  const { currency } = books;
  const centsOf = (money: Money): bigint => {
    if (money.currency !== currency) throw badRequest(`Prices are in ${currency}`);
    return BigInt(money.amount);
  };
  return new RouteTable(policies).on('POST /prices', {
    summary: 'The price of a task: drawn once, the same ever after',
    tag: 'services',
    body: askPrice.request,
    answers: { 200: askPrice.response },
    handle: async ({ body: { taskId, known } }) => {
      const stored = await priceTask(books, randomInteger, {
        taskId,
        known: known
          ? {
              priceCents: centsOf(known.price),
              feeCents: centsOf(known.fee),
              rewardCents: centsOf(known.reward),
            }
          : null,
      });
      return ok({
        taskId,
        price: toMoney(stored.priceCents, currency),
        fee: toMoney(stored.feeCents, currency),
        reward: toMoney(stored.rewardCents, currency),
      });
    },
  }).routes;
}
