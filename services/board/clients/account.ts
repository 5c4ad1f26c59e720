import { askPrice } from '../../shared/contracts/calls/account';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Money } from '../../shared/kernel/money';

/** What Account says a task is worth. */
export interface TaskPrice {
  price: Money;
  fee: Money;
  reward: Money;
}

/** The price of that task: the same however often it is asked. Throws 503 when Account is away. */
export function askTaskPrice(sidecar: Sidecar, taskId: string): Promise<TaskPrice> {
  return call(sidecar, askPrice, { body: { taskId } });
}
