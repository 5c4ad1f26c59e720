import { userCreated, type UserCreated } from '../../../shared/contracts/events/users';
import { onPreparedEvent, type EventHandler } from '../../../shared/messaging/subscription';
import type { AccountContext } from '../../context';
import { openAccounts } from '../steps/open-accounts';
import { rememberNicknames } from '../steps/remember-nicknames';

/** Bank account of a new user, and its holder; null for what was not given. */
interface BankDetails {
  bankAccount: string | null;
  fullName: string | null;
}

type Prepared = UserCreated & BankDetails;

/**
 * Opens the account of a new user. The bank account number is asked from User before
 * `AccountCreated` confirms the account: User then clears its copy.
 */
export function onUserCreated(
  { now }: AccountContext,
  askBankAccount: (userId: string) => Promise<BankDetails>,
): EventHandler<never> {
  return onPreparedEvent(
    userCreated,
    async ({ data }): Promise<Prepared> => {
      return { ...data, ...(await askBankAccount(data.userId)) };
    },
    async (tx, events) => {
      const holders = events.map(({ data }) => data);
      await rememberNicknames(tx, holders);
      await openAccounts(tx, holders, await now(tx));
      return [];
    },
  );
}
