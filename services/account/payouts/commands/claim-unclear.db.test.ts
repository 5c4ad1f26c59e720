import { query } from '../../../shared/db/data-source';
import { atOnce } from '../../../shared/testing/at-once';
import { closeByHand } from '../../testing/close-by-hand';
import { payoutIn } from '../../testing/decisions';
import {
  createTestEvening,
  earn,
  openPayee,
  ACCOUNTANT,
  type TestEvening,
} from '../../testing/test-evening';
import { claimPlanned } from './claim-planned';
import { claimUnclear } from './claim-unclear';

const LEASE_MS = 60_000;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

const stateNow = async (): Promise<string> => {
  const sql = 'SELECT state FROM payouts';
  const [row] = await query<{ state: string }>(evening.books.database, sql);
  return row!.state;
};

it('a payout is unclear when its lease has run out, to one worker only', async () => {
  const { books, desk, pass } = evening;
  await earn(books, await openPayee(books), 100n);
  await closeByHand(books, '2026-03-02', ACCOUNTANT);
  const [attempt] = await claimPlanned(desk);
  pass(LEASE_MS - 1);
  expect(await claimUnclear(desk)).toEqual([]);
  pass(1);
  const claims: string[] = [];
  const claim = async () => void claims.push(...(await claimUnclear(desk)).map(({ key }) => key));
  expect(await atOnce(evening.test, 'payouts', [claim, claim])).toEqual({ done: 2 });
  expect(claims).toEqual([attempt!.key]);
  expect(await stateNow()).toBe('unknown');
});

it('one that needs review is asked about again and goes on needing it', async () => {
  await payoutIn(evening, 'needs_review');
  evening.pass(24 * 60 * LEASE_MS);
  expect(await claimUnclear(evening.desk)).toHaveLength(1);
  expect(await stateNow()).toBe('needs_review');
});

it.each(['failed', 'paid'] as const)('one that has %s is not asked about', async (state) => {
  await payoutIn(evening, state);
  evening.pass(24 * 60 * LEASE_MS);
  expect(await claimUnclear(evening.desk)).toEqual([]);
});
