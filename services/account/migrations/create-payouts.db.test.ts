import { query } from '../../shared/db/data-source';
import { currentDay } from '../days/queries/business-days';
import { MANAGEMENT_ACCOUNT_ID } from '../ledger/domain/system-accounts';
import { mayBecome, payoutStates, type PayoutState } from '../payouts/domain/payout';
import { closeByHand } from '../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  type TestEvening,
} from '../testing/test-evening';

let evening: TestEvening;
let payoutId: string;

beforeAll(async () => {
  evening = await createTestEvening();
  const { books } = evening;
  await earn(books, await openPayee(books), 2500n);
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  const [row] = await query<{ id: string }>(books.database, 'SELECT id FROM payouts');
  payoutId = row!.id;
});
afterAll(() => evening.drop());

type Run = (sql: string, params?: unknown[]) => Promise<unknown>;

/** Runs statements in a transaction that leaves nothing behind. */
async function rolledBack(work: (run: Run) => Promise<void>): Promise<void> {
  const runner = evening.books.database.createQueryRunner();
  await runner.startTransaction();
  try {
    await work((sql, params = []) => runner.query(sql, params));
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** The states on the shortest way from `planned` to a state. */
function wayTo(state: PayoutState): PayoutState[] {
  const ways: PayoutState[][] = [['planned']];
  for (const way of ways) {
    if (way.at(-1) === state) return way;
    for (const next of payoutStates) {
      if (mayBecome(way.at(-1)!, next) && !way.includes(next)) ways.push([...way, next]);
    }
  }
  throw new Error(`${state} can't be reached`);
}

function change(run: Run, from: PayoutState, to: PayoutState): Promise<unknown> {
  const isRetry = from === 'failed' && to === 'planned';
  const sql = 'UPDATE payouts SET state = $2, attempt_number = attempt_number + $3 WHERE id = $1';
  return run(sql, [payoutId, to, isRetry ? 1 : 0]);
}

async function walk(run: Run, state: PayoutState): Promise<void> {
  const way = wayTo(state);
  for (const [index, to] of way.entries()) if (index > 0) await change(run, way[index - 1]!, to);
}

const BOOK_PAYOUT = `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id,
    amount_cents, business_day, payout_id, occurred_at)
  SELECT uuid_v7(), 'payout', account_id, clearing.id, amount_cents, open.day, payouts.id, now()
  FROM payouts, accounts AS clearing, business_days AS open
  WHERE clearing.kind = 'bank-clearing' AND open.state = 'open'`;
const BOOK_RETURN = `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id,
    amount_cents, business_day, payout_id, reason, occurred_at)
  SELECT uuid_v7(), 'return', clearing.id, account_id, amount_cents, open.day, payouts.id,
    'account closed', now()
  FROM payouts, accounts AS clearing, business_days AS open
  WHERE clearing.kind = 'bank-clearing' AND open.state = 'open'`;

const pairs = payoutStates.flatMap((from) => payoutStates.map((to) => [from, to] as const));

describe('the database about payouts', () => {
  it.each(pairs)('%s → %s: as the table of the domain says', async (from, to) => {
    await rolledBack(async (run) => {
      await walk(run, from);
      const changing = change(run, from, to);
      if (from === to || mayBecome(from, to)) await changing;
      else await expect(changing).rejects.toMatchObject({ constraint: 'payouts_transition' });
    });
  });

  it('a payout becomes returned only together with its transfer back', async () => {
    await rolledBack(async (run) => {
      await walk(run, 'returned');
      const committing = run('SET CONSTRAINTS ALL IMMEDIATE');
      await expect(committing).rejects.toMatchObject({ constraint: 'payouts_returned_booked' });
    });
    await rolledBack(async (run) => {
      await walk(run, 'paid');
      await run(BOOK_PAYOUT);
      await change(run, 'paid', 'returned');
      await run(BOOK_RETURN);
      await run('SET CONSTRAINTS ALL IMMEDIATE');
    });
  });

  it('a return is refused before the payout is returned, unpaid, changed, or twice', async () => {
    await rolledBack(async (run) => {
      await walk(run, 'paid');
      await run(BOOK_PAYOUT);
      await expect(run(BOOK_RETURN)).rejects.toMatchObject({ constraint: 'transfers_fit' });
    });
    await rolledBack(async (run) => {
      await walk(run, 'returned');
      await expect(run(BOOK_RETURN)).rejects.toMatchObject({ constraint: 'transfers_fit' });
    });
    const withAnotherAmount = BOOK_RETURN.replace('amount_cents, open', 'amount_cents - 1, open');
    for (const [again, constraint] of [
      [withAnotherAmount, 'transfers_fit'],
      [BOOK_RETURN, 'transfers_return_key'],
    ] as const) {
      await rolledBack(async (run) => {
        await walk(run, 'paid');
        await run(BOOK_PAYOUT);
        await change(run, 'paid', 'returned');
        if (again === BOOK_RETURN) await run(BOOK_RETURN);
        await expect(run(again)).rejects.toMatchObject({ constraint });
      });
    }
  });

  it('a closing that counts a return as earned is refused', async () => {
    await rolledBack(async (run) => {
      await walk(run, 'paid');
      await run(BOOK_PAYOUT);
      await change(run, 'paid', 'returned');
      await run(BOOK_RETURN);
      const close = `INSERT INTO closings (account_id, day, earned_cents, committed_cents,
          carried_cents)
        SELECT account_id, open.day, $2, 0, $2 FROM payouts, business_days AS open
        WHERE payouts.id = $1 AND open.state = 'open'`;
      await run('SAVEPOINT before');
      const wrong = run(close, [payoutId, 5000]);
      await expect(wrong).rejects.toMatchObject({ constraint: 'closings_leave_returns_out' });
      await run('ROLLBACK TO SAVEPOINT before');
      await run(close, [payoutId, 2500]);
    });
  });

  it('an attempt number may only grow by a retry, and then must', async () => {
    const grow = 'UPDATE payouts SET attempt_number = attempt_number + 1 WHERE id = $1';
    await rolledBack(async (run) => {
      await expect(run(grow, [payoutId])).rejects.toMatchObject({ constraint: 'payouts_attempt' });
    });
    await rolledBack(async (run) => {
      await walk(run, 'failed');
      const sql = `UPDATE payouts SET state = 'planned' WHERE id = $1`;
      await expect(run(sql, [payoutId])).rejects.toMatchObject({ constraint: 'payouts_attempt' });
    });
  });

  it('an amount never changes, and a payout is never deleted', async () => {
    await rolledBack(async (run) => {
      const sql = 'UPDATE payouts SET amount_cents = amount_cents + 1 WHERE id = $1';
      await expect(run(sql, [payoutId])).rejects.toMatchObject({ constraint: 'payouts_content' });
    });
    await rolledBack(async (run) => {
      await expect(run('DELETE FROM payouts')).rejects.toThrow(/permission denied|refused/);
    });
  });

  it('a payout of another amount than its closing left is refused', async () => {
    await rolledBack(async (run) => {
      const sql = `INSERT INTO payouts (id, account_id, day, amount_cents, planned_at)
        SELECT uuid_v7(), account_id, day, 1, now() FROM closings WHERE payable_cents = 0 LIMIT 1`;
      await expect(run(sql)).rejects.toMatchObject({ constraint: 'payouts_match_closing' });
    });
  });

  it('a second payout for the same account and day is refused', async () => {
    await rolledBack(async (run) => {
      const sql = `INSERT INTO payouts (id, account_id, day, amount_cents, planned_at)
        SELECT uuid_v7(), account_id, day, amount_cents, planned_at FROM payouts`;
      await expect(run(sql)).rejects.toMatchObject({ constraint: 'payouts_one_per_day' });
    });
  });

  it('a payout that begins as paid is refused', async () => {
    await rolledBack(async (run) => {
      const sql = `INSERT INTO payouts (id, account_id, day, amount_cents, planned_at, state)
        SELECT uuid_v7(), account_id, day, 1, now(), 'paid' FROM closings LIMIT 1`;
      await expect(run(sql)).rejects.toMatchObject({ constraint: 'payouts_begin' });
    });
  });

  it('a ledger row of another amount or account than its payout is refused', async () => {
    for (const other of [
      BOOK_PAYOUT.replace('amount_cents, open', 'amount_cents - 1, open'),
      BOOK_PAYOUT.replace('account_id, clearing.id,', `'${MANAGEMENT_ACCOUNT_ID}', clearing.id,`),
    ]) {
      await rolledBack(async (run) => {
        await expect(run(other)).rejects.toMatchObject({ constraint: 'transfers_fit' });
      });
    }
  });

  it('a second ledger row for the same payout is refused, on whatever day', async () => {
    await rolledBack(async (run) => {
      await run(BOOK_PAYOUT);
      await expect(run(BOOK_PAYOUT)).rejects.toMatchObject({ constraint: 'transfers_payout_key' });
    });
  });

  it('the outcome of an attempt is written once', async () => {
    await rolledBack(async (run) => {
      await run(
        `INSERT INTO payout_attempts (payout_id, number, key, started_at)
         VALUES ($1, 1, gen_random_uuid(), now())`,
        [payoutId],
      );
      const settle = `UPDATE payout_attempts SET outcome = 'refused', settled_at = now()`;
      await run(settle);
      await expect(run(settle)).rejects.toThrow('what was recorded stays');
    });
  });

  it('a closing stays as it was written', async () => {
    await rolledBack(async (run) => {
      const sql = 'UPDATE closings SET committed_cents = 0';
      await expect(run(sql)).rejects.toThrow(/permission denied|what was recorded stays/);
    });
  });
});
