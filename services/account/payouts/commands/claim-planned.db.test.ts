import { query } from '../../../shared/db/data-source';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  holdPayouts,
  openPayee,
  type TestEvening,
} from '../../testing/test-evening';
import { claimPlanned } from './claim-planned';
import { claimUnclear } from './claim-unclear';

const MONDAY = '2026-03-02';
const LEASE_MS = 60_000;
const PAYEES = 6;
const ONE_LANE = 1;
const CLAIMED_BY_ONE_LANE = 4;

let evening: TestEvening;
const payees: string[] = [];
beforeEach(async () => {
  evening = await createTestEvening();
  payees.length = 0;
  for (let count = 0; count < PAYEES; count += 1) {
    payees.push(await openPayee(evening.books));
    await earn(evening.books, payees.at(-1)!, 100n);
  }
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
});
afterEach(() => evening.drop());

const keysOf = (attempts: readonly { key: string }[]): string[] => attempts.map(({ key }) => key);

describe('planned payouts', () => {
  it('are taken up by one worker each, with an attempt that is written down', async () => {
    const desk = { ...evening.desk, inFlight: ONE_LANE };
    const claims: string[][] = [];
    const claim = async () => void claims.push(keysOf(await claimPlanned(desk)));
    expect(await atOnce(evening.test, 'payouts', [claim, claim])).toEqual({ done: 2 });
    expect(claims.map(({ length }) => length).every((size) => size <= CLAIMED_BY_ONE_LANE)).toBe(
      true,
    );
    claims.push(keysOf(await claimPlanned(desk)));
    expect(await claimPlanned(desk)).toEqual([]);
    const written = await query<{ key: string }>(desk.database, 'SELECT key FROM payout_attempts');
    expect(claims.flat().sort()).toEqual(keysOf(written).sort());
    expect(written).toHaveLength(PAYEES);
  });

  it('of an account on hold stay planned', async () => {
    await holdPayouts(evening.books, payees[0]!);
    expect(await claimPlanned(evening.desk)).toHaveLength(PAYEES - 1);
  });
});

it.each([
  ['planned', claimPlanned],
  ['unclear', claimUnclear],
])(
  '%s payouts are taken up by no process whose clock is wrong, or whose commit fails',
  async (state, claim) => {
    const { desk, pass, test } = evening;
    if (state === 'unclear') {
      await claimPlanned(desk);
      pass(LEASE_MS);
    }
    const off = { ...desk, clock: () => new Date(desk.clock().getTime() + LEASE_MS) };
    await expect(claim(off)).rejects.toMatchObject({ id: 'clock-off' });
    await expectRolledBack(test, 'payouts', () => claim(desk));
    expect(await claim(desk)).toHaveLength(PAYEES);
  },
);
