import { askPrice } from '../../../shared/contracts/calls/account';
import { RouteTable, ok, type Route } from '../../../shared/http/route';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { priceTask } from '../commands/price-task';

/** Returns the route of prices, called by Board when a task is created. */
export function pricesRoutes(
  context: AccountContext,
  randomInteger: (min: number, max: number) => number,
): Route[] {
  const { currency } = context;
  return new RouteTable(policies).on('POST /prices', {
    summary: 'The price of a task: drawn once, the same ever after',
    tag: 'services',
    body: askPrice.request,
    answers: { 200: askPrice.response },
    handle: async ({ body: { taskId } }) => {
      const stored = await priceTask(context, taskId, randomInteger);
      return ok({
        taskId,
        price: toMoney(stored.priceCents, currency),
        fee: toMoney(stored.feeCents, currency),
        reward: toMoney(stored.rewardCents, currency),
      });
    },
  }).routes;
}
