import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type Account = Schemas['Account'];
export type Payout = Schemas['Payout'];

/** The viewer's own account. */
export function useOwnAccount() {
  return $api.useQuery('get', '/api/v1/accounts/me', {});
}

/** The viewer's own payouts, newest first. */
export function useOwnPayouts() {
  return useList('/api/v1/accounts/me/payouts', {});
}

/** The viewer's own open tasks. */
export function useOpenTasks() {
  return useList('/api/v1/tasks', { query: { view: 'mine', status: 'open' } });
}
