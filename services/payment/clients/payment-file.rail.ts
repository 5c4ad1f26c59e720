import { canonicalBankAccount, russianParts } from '../../shared/kernel/bank-account';
import { hasLetter, toSepaLatin } from '../../shared/kernel/bank-text';
import type { Order, Outcome, Rail } from './rail';

const NO_NUMBER = 'The bank account number is not valid: give an IBAN or BIK/account';
const NO_BIK = 'The bank needs the BIK: give the number as BIK/account';
const NO_NAME = 'The bank needs the full name of the account holder';
const NO_LATIN_NAME = 'The bank needs the name of the account holder in Latin letters';
const NO_DAY = 'The order names no business day';

/**
 * The rail by file: an accepted order waits until an operator has taken it to the bank in a file.
 * An order that would make a bank refuse the whole file is refused, and never gets into one.
 */
export class PaymentFileRail implements Rail {
  /** Returns the same as `send`: the rail keeps nothing, the order waits in our table. */
  ask(order: Order): Promise<Outcome> {
    return this.send(order);
  }

  /** Accepts or refuses the order. */
  send(order: Order): Promise<Outcome> {
    const reason = faultOf(order);
    return Promise.resolve(
      reason === null
        ? { kind: 'waiting', for: 'operator' }
        : { kind: 'rejected', bankReference: null, reason },
    );
  }

  /** Does nothing: there are no connections. */
  async close(): Promise<void> {}
}

/** Returns why a file can't hold the order, for its payee; null when the file can. */
function faultOf({ bankAccount, businessDay, creditorName }: Order): string | null {
  if (canonicalBankAccount(bankAccount) !== bankAccount) return NO_NUMBER;
  const russian = russianParts(bankAccount);
  if (russian !== null && russian.bik === null) return NO_BIK;
  if (creditorName === null) return NO_NAME;
  if (russian === null && !hasLetter(toSepaLatin(creditorName))) return NO_LATIN_NAME;
  return businessDay === null ? NO_DAY : null;
}
