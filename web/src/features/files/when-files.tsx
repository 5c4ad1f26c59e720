import type { ReactNode } from 'react';
import { $api } from '../../api/client';

const ONE = { params: { query: { limit: 1 } } };
/** Whether the bank is reached by files changes with the installation only. */
const STALE_MS = 600_000;

/** Shows the entry of the menu where there are payment files. */
export function WhenFiles({ children }: { children: ReactNode }) {
  const { data } = $api.useQuery('get', '/api/v1/payment-files', ONE, { staleTime: STALE_MS });
  return data !== undefined && data.items.length > 0 && children;
}
