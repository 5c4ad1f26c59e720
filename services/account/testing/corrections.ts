import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { Day } from '../../shared/kernel/business-day';
import { asOwner } from '../../shared/testing/test-database';
import type { AccountContext } from '../context';
import { currentDay } from '../days/queries/business-days';
import { openBusinessDays } from '../days/steps/open-business-days';
import { BANK_CLEARING_ACCOUNT_ID } from '../ledger/domain/system-accounts';
import type { TestBooks } from './test-books';

/** Author of reversals in tests. */
export const CORRECTOR = newId();

async function openedDay({ database, clock, calendar }: AccountContext): Promise<Day> {
  await openBusinessDays(database, clock(), calendar);
  return currentDay(database, clock(), calendar);
}

const REVERSE = `
INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents, business_day,
  task_id, reverses_id, reason, author_id, occurred_at)
SELECT uuid_v7(), 'reversal', credit_account_id, debit_account_id, amount_cents, $2,
  task_id, id, 'by mistake', $3, $4
FROM transfers WHERE id = $1
RETURNING id`;

/** Books the opposite of a fee, a reward or a reversal on the current day; returns its id. */
export async function bookReversal({ books }: TestBooks, transferId: string): Promise<string> {
  const { database, clock } = books;
  const day = await openedDay(books);
  const [row] = await query<{ id: string }>(database, REVERSE, [
    transferId,
    day,
    CORRECTOR,
    clock(),
  ]);
  return row!.id;
}

/**
 * Books the return of a paid payout on the current day, as the owner role: only the rows that reads
 * are about, without the rules of the ledger.
 */
export async function bookReturn({ books, test }: TestBooks, payoutId: string): Promise<void> {
  const { clock } = books;
  const day = await openedDay(books);
  await asOwner(test, [
    `ALTER TABLE transfers DISABLE TRIGGER USER,
       DROP CONSTRAINT IF EXISTS transfers_kind_check, DROP CONSTRAINT IF EXISTS transfers_check3,
       DROP CONSTRAINT IF EXISTS transfers_check4,
       DROP CONSTRAINT IF EXISTS transfers_match_payout`,
    'ALTER TABLE payouts DISABLE TRIGGER USER',
    `UPDATE payouts SET state = 'returned' WHERE id = '${payoutId}'`,
    `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
       business_day, payout_id, reason, occurred_at)
     SELECT uuid_v7(), 'return', '${BANK_CLEARING_ACCOUNT_ID}', account_id, amount_cents, '${day}',
       id, 'account closed', '${clock().toISOString()}'
     FROM payouts WHERE id = '${payoutId}'`,
    'ALTER TABLE payouts ENABLE TRIGGER USER',
    'ALTER TABLE transfers ENABLE TRIGGER USER',
  ]);
}
