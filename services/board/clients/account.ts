import { askPrice } from '../../shared/contracts/calls/account';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Money } from '../../shared/kernel/money';

/** Price of a task, from Account. */
export interface TaskPrice {
  price: Money;
  fee: Money;
  reward: Money;
}

/** Asks Account for a task's price; a repeat gets the same. Throws 503 when Account is away. */
export function askTaskPrice(sidecar: Sidecar, taskId: string): Promise<TaskPrice> {
  return call(sidecar, askPrice, { body: { taskId } });
}
