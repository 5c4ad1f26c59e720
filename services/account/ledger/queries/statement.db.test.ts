import fc from 'fast-check';
import { taskDetails } from '../../../shared/contracts/calls/board';
import { query } from '../../../shared/db/data-source';
import { addDays, type Day } from '../../../shared/kernel/business-day';
import { openDay } from '../../days/queries/open-day';
import { closeByHand } from '../../testing/close-by-hand';
import { bookReturn, bookReversal } from '../../testing/corrections';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  holdPayouts,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { MANAGEMENT_ACCOUNT_ID } from '../domain/system-accounts';
import { accountIdOf } from './accounts';
import { statementOf, type EntryRecord } from './statement';
import { statementDays } from './statement-days';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FEW_RUNS = 6;
const PAGE_SIZES = [1, 3, 100];

type Deed = 'reward' | 'fee' | 'reverse' | 'return' | 'pay' | 'close' | 'hold' | 'pass';
const deeds = fc.array(
  fc.constantFrom<Deed>('reward', 'fee', 'reverse', 'return', 'pay', 'close', 'hold', 'pass'),
  { minLength: 8, maxLength: 24 },
);

const DEEDS: Record<Deed, (evening: TestEvening, userId: string) => Promise<void>> = {
  reward: ({ books }, userId) => earn(books, userId, 700n),
  fee: ({ books }, userId) => earn(books, userId, -300n),
  async reverse(evening) {
    const sql = `SELECT id FROM transfers WHERE kind NOT IN ('payout', 'return')
      AND id NOT IN (SELECT reverses_id FROM transfers WHERE reverses_id IS NOT NULL)
      ORDER BY position DESC LIMIT 1`;
    const [last] = await query<{ id: string }>(evening.books.database, sql);
    if (last) await bookReversal(evening, last.id);
  },
  async return(evening, userId) {
    const sql = `SELECT payouts.id FROM payouts JOIN accounts ON accounts.id = account_id
      WHERE state = 'paid' AND user_id = $1 LIMIT 1`;
    const [paid] = await query<{ id: string }>(evening.books.database, sql, [userId]);
    if (paid) await bookReturn(evening, paid.id);
  },
  pay: ({ desk }) => runEvening(desk),
  async close({ books }) {
    const { day } = await openDay(books);
    await closeByHand(books, day, ACCOUNTANT);
  },
  async hold({ books }, userId) {
    const sql = 'SELECT FROM accounts WHERE user_id = $1 AND payouts_held_reason IS NOT NULL';
    const isHeld = (await query(books.database, sql, [userId])).length > 0;
    await holdPayouts(books, userId, !isHeld);
  },
  pass: (evening) => Promise.resolve(evening.pass(DAY_MS)),
};

interface Line {
  id: string;
  kind: string;
  day: Day;
  cents: bigint;
  balance: bigint;
}

/** Reads the whole history of an account and adds it up, row by row. */
async function addedUp({ books }: TestEvening, accountId: string): Promise<Line[]> {
  const sql = `SELECT id, kind, business_day AS day, amount_cents AS cents FROM entries
    WHERE account_id = $1 ORDER BY business_day, position`;
  const rows = await query<Omit<Line, 'balance'>>(books.database, sql, [accountId]);
  let balance = 0n;
  return rows.map((row) => ({ ...row, balance: (balance += row.cents) }));
}

const sideOf = (evening: TestEvening): { from: Day; to: Day } => {
  const today = evening.books.clock().toISOString().slice(0, 10);
  return { from: addDays(today, -60), to: addDays(today, 60) };
};

async function allPages(evening: TestEvening, accountId: string, limit: number) {
  const { books, desk } = evening;
  const entries: EntryRecord[] = [];
  for (;;) {
    const before = entries.at(-1)?.place ?? null;
    const request = { accountId, before, count: limit, ...sideOf(evening) };
    const page = (await statementOf(books, desk.sidecar, request)).entries;
    entries.push(...page);
    if (page.length < limit) return entries;
  }
}

async function expectToAddUp(evening: TestEvening, accountId: string): Promise<void> {
  const lines = await addedUp(evening, accountId);
  for (const limit of PAGE_SIZES) {
    const entries = await allPages(evening, accountId, limit);
    expect(entries.map(({ id, balanceAfterCents }) => [id, balanceAfterCents])).toEqual(
      lines.map(({ id, balance }) => [id, balance]).reverse(),
    );
  }
  const days = (await statementDays(evening.books, accountId, sideOf(evening))).reverse();
  let balance = 0n;
  for (const day of days) {
    const moved = (kind: string): bigint =>
      lines
        .filter((line) => line.day === day.day && line.kind === kind)
        .reduce((sum, { cents }) => sum + cents, 0n);
    expect(day).toMatchObject({
      openingCents: balance,
      feesCents: moved('fee'),
      rewardsCents: moved('reward'),
      correctionsCents: moved('reversal'),
      returnedCents: moved('return'),
      paidCents: moved('payout'),
    });
    balance += day.feesCents + day.rewardsCents + day.correctionsCents;
    balance += day.returnedCents + day.paidCents;
    expect(day.closingCents).toBe(balance);
  }
  expect(balance).toBe(lines.at(-1)?.balance ?? 0n);
  // A range that begins in the middle opens with what was before it.
  for (const { day, openingCents } of days) {
    const [only] = await statementDays(evening.books, accountId, { from: day, to: day });
    expect(only!.openingCents).toBe(openingCents);
  }
}

it('whatever happens, every line and every day of a statement adds up', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (history) => {
      const evening = await createTestEvening();
      try {
        evening.pass(HOUR_MS);
        evening.neighbours.answer(taskDetails, () => ({ refuse: 503 }));
        const userId = await openPayee(evening.books);
        for (const deed of history) await DEEDS[deed](evening, userId);
        await expectToAddUp(evening, await accountIdOf(evening.books, userId));
        await expectToAddUp(evening, MANAGEMENT_ACCOUNT_ID);
      } finally {
        await evening.drop();
      }
    }),
    { numRuns: FEW_RUNS, endOnFailure: true },
  );
});
