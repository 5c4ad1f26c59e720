import { z } from 'zod';
import { defineCall } from '../call';
import { money, uuid } from '../fields';

const PRICE_TIMEOUT_MS = 3_000;

/** Board asks for the price of a task. The price is drawn once: a repeat gets the same. */
export const askPrice = defineCall({
  app: 'account',
  method: 'POST',
  path: '/prices',
  request: z.strictObject({ taskId: uuid }),
  response: z.object({ taskId: uuid, price: money, fee: money, reward: money }),
  example: {
    request: { taskId: '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e' },
    response: {
      taskId: '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e',
      price: { amount: '2750', currency: 'USD' },
      fee: { amount: '1375', currency: 'USD' },
      reward: { amount: '2750', currency: 'USD' },
    },
  },
  timeoutMs: PRICE_TIMEOUT_MS,
});
