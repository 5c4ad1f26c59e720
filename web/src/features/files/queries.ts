import type { Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type PaymentFile = Schemas['PaymentFile'];

/** Paths that differ after the answer of the bank: it settles payouts, or books them back. */
export const TOUCHED = [
  '/api/v1/payment-files',
  '/api/v1/payouts',
  '/api/v1/business-days',
  '/api/v1/accounts',
] as const;

/** Files for the bank, and what waits for the next one, newest day first. */
export function useFiles() {
  return useList('/api/v1/payment-files', {});
}
