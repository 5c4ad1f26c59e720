import { useState } from 'react';
import { ifMatch, useChange } from '../../../api/change';
import type { Problem } from '../../../api/problems';
import type { Schemas } from '../../../api/client';
import { TOUCHED, type Account } from '../queries';

const STALE = 'stale-version';

/** What a PATCH of an account may say; what is missing stays. */
export interface AccountChange {
  bankAccount?: string | null;
  fullName?: string | null;
  payoutsHeld?: { reason: string } | null;
}

/** Change of an account, based on the version that the dialog was opened with. */
export function useAccountChange(
  account: Account,
  onDone: () => void,
): {
  send: (change: AccountChange) => void;
  /** Sends on top of what somebody else has stored meanwhile. */
  sendOver: (change: AccountChange) => void;
  isBusy: boolean;
  /** Whether somebody changed the account since the dialog was opened. */
  isStale: boolean;
  problem: Problem | null;
} {
  const [{ version }] = useState<Pick<Schemas['Account'], 'version'>>(account);
  const { userId } = account;
  const change = useChange('patch', '/api/v1/accounts/{userId}', { touches: TOUCHED, onDone });
  const sendAt =
    (basedOn: number) =>
    (body: AccountChange): void =>
      change.send({ params: { path: { userId }, header: ifMatch(basedOn) }, body });
  const isStale = change.problem?.type === STALE;
  return {
    send: sendAt(version),
    sendOver: sendAt(account.version),
    isBusy: change.isBusy,
    isStale,
    problem: isStale ? null : change.problem,
  };
}
