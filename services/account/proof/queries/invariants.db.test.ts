import { query, type Database } from '../../../shared/db/data-source';
import { removeProtection } from '../../../shared/testing/unprotected';
import { createAccountDatabase } from '../../data-source';
import {
  BANK_CLEARING_ACCOUNT_ID,
  MANAGEMENT_ACCOUNT_ID,
} from '../../ledger/domain/system-accounts';
import { closeByHand } from '../../testing/close-by-hand';
import { faultsOfAllTime } from '../../testing/test-books';
import {
  ACCOUNTANT,
  brokenInvariants,
  createTestEvening,
  earn,
  openPayee,
  runEvening,
  setBankAccount,
  type TestEvening,
} from '../../testing/test-evening';
import { proveBooks } from '../commands/prove-books';
import { moneyInvariants } from './invariants';

const DAY_MS = 86_400_000;
const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const WEDNESDAY = '2026-03-04';
const NEW_ID = '00000000-0000-7000-8000-00000000abcd';

let evening: TestEvening;
let owner: Database;
/** Account ids: paid every day, in debt, on hold, and without a bank account. */
let paid: string;
let debtor: string;
let held: string;
let refused: string;

const hold = async (userId: string): Promise<void> => {
  const sql = `UPDATE accounts SET payouts_held_reason = 'asked for',
    payouts_held_by = gen_random_uuid(), payouts_held_at = now() WHERE user_id = $1`;
  await query(evening.books.database, sql, [userId]);
};
const accountOf = async (userId: string): Promise<string> => {
  const sql = 'SELECT id FROM accounts WHERE user_id = $1';
  return (await query<{ id: string }>(evening.books.database, sql, [userId]))[0]!.id;
};

/** Closes and pays Monday and Tuesday; Wednesday has begun. */
async function playThreeDays(): Promise<void> {
  const { books, desk, pass } = evening;
  const users = [];
  for (let n = 0; n < 4; n += 1) users.push(await openPayee(books));
  const [first, second, third, fourth] = users as [string, string, string, string];
  await hold(third);
  await setBankAccount(books, fourth, null);
  const days = [
    [MONDAY, 1_000n, -300n, 700n, 400n],
    [TUESDAY, 500n, 100n, 30n, 90n],
    [WEDNESDAY, 20n, -20n, -20n, 20n],
  ] as const;
  for (const [day, ...cents] of days) {
    for (const [index, userId] of users.entries()) await earn(books, userId, cents[index]!);
    if (day === WEDNESDAY) break;
    await closeByHand(books, day, ACCOUNTANT);
    await runEvening(desk);
    pass(DAY_MS);
  }
  [paid, debtor] = [await accountOf(first), await accountOf(second)];
  [held, refused] = [await accountOf(third), await accountOf(fourth)];
}

beforeAll(async () => {
  evening = await createTestEvening();
  await playThreeDays();
  owner = await createAccountDatabase(evening.test.ownerUrl).initialize();
});
afterAll(async () => {
  await owner.destroy();
  await evening.drop();
});

/** Plants a fault as the owner role, looks, and rolls back. */
async function planted<T>(sql: string, look: (database: Database) => Promise<T>): Promise<T> {
  const runner = owner.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(sql);
    return await look(runner as never);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** Returns the names of invariants with faults in the unproven range. */
async function brokenInNew(database: Database): Promise<string[]> {
  const { faults } = await proveBooks({ ...evening.books, database }, moneyInvariants);
  return [...faults].filter(([, found]) => found !== 0n).map(([name]) => name);
}

const ofDay = (account: string, day: string): string =>
  `account_id = '${account}' AND day = '${day}'`;
const payoutOf = (account: string, day: string): string =>
  `(SELECT id FROM payouts WHERE ${ofDay(account, day)})`;
const transfer = (columns: Record<string, string>): string => {
  const row = {
    id: `'${NEW_ID}'`,
    kind: `'fee'`,
    debit_account_id: `'${paid}'`,
    credit_account_id: `'${MANAGEMENT_ACCOUNT_ID}'`,
    amount_cents: '5',
    business_day: `'${WEDNESDAY}'`,
    occurred_at: 'now()',
    ...columns,
  };
  return `INSERT INTO transfers (${Object.keys(row).join(', ')})
    VALUES (${Object.values(row).join(', ')})`;
};
const payout = (account: string, day: string, cents: number): string =>
  `INSERT INTO payouts (id, account_id, day, amount_cents, planned_at)
   VALUES ('${NEW_ID}', '${account}', '${day}', ${cents}, now())`;

interface Fault {
  /** Invariant that must find the fault. */
  name: string;
  mistake: string;
  sql(): string;
  /** Expected text of the fault. */
  named(): string;
  /** Other invariants that the same fault breaks. */
  also?: string[];
}

const faults: Fault[] = [
  {
    name: 'debits-equal-credits',
    mistake: 'a transfer takes from an account that is not there',
    sql: () => transfer({ debit_account_id: `'${NEW_ID}'` }),
    named: () => `transfer ${NEW_ID}`,
  },
  {
    name: 'debits-equal-credits',
    mistake: 'a transfer of less than nothing',
    sql: () => transfer({ amount_cents: '-5' }),
    named: () => `transfer ${NEW_ID}`,
  },
  {
    name: 'debits-equal-credits',
    mistake: 'a transfer to itself',
    sql: () => transfer({ credit_account_id: `'${paid}'` }),
    named: () => `transfer ${NEW_ID}`,
  },
  {
    name: 'balance-is-sum-of-entries',
    mistake: 'a payout goes to an employee instead of the bank',
    sql: () => `UPDATE transfers SET credit_account_id = '${held}'
      WHERE payout_id = ${payoutOf(paid, TUESDAY)}`,
    named: () => `account ${held}: shown 710, booked 1210`,
    also: ['paid-is-booked'],
  },
  {
    name: 'closing-holds-all-entries',
    mistake: 'a closing counts more than its rows',
    sql: () => `UPDATE closings SET earned_cents = earned_cents + 100,
      carried_cents = carried_cents + 100 WHERE ${ofDay(held, MONDAY)}`,
    named: () => `account ${held} on ${MONDAY}: closed with 800, its rows say 700`,
  },
  {
    name: 'closing-holds-all-entries',
    mistake: 'an account was left out of a closing',
    sql: () => `DELETE FROM closings WHERE ${ofDay(held, MONDAY)}`,
    named: () => `account ${held} on ${MONDAY}: closed with nothing, its rows say 700`,
  },
  {
    name: 'closing-holds-all-entries',
    mistake: 'a closing of a day that is still open',
    sql: () => `INSERT INTO closings (account_id, day, earned_cents, committed_cents, carried_cents)
      VALUES ('${held}', '2026-02-27', 0, 0, 0)`,
    named: () => `account ${held} on 2026-02-27: the day is not closed`,
  },
  {
    name: 'committed-covers-earlier-payouts',
    mistake: 'a closing forgets a part of an earlier payout',
    sql: () => `UPDATE closings SET committed_cents = committed_cents - 100,
      carried_cents = carried_cents + 100 WHERE ${ofDay(paid, TUESDAY)}`,
    named: () => `account ${paid} on ${TUESDAY}: committed 900, earlier payouts stand for 1000`,
  },
  {
    name: 'committed-covers-earlier-payouts',
    mistake: 'a closing takes off more than was ever planned',
    sql: () => `UPDATE closings SET committed_cents = committed_cents + 100,
      carried_cents = carried_cents - 100 WHERE ${ofDay(paid, TUESDAY)}`,
    named: () => `account ${paid} on ${TUESDAY}: committed 1100, earlier payouts stand for 1000`,
  },
  {
    name: 'earned-is-committed-carried-or-paid',
    mistake: 'a payout was never planned',
    sql: () => `DELETE FROM payouts WHERE ${ofDay(refused, TUESDAY)}`,
    named: () => `account ${refused} on ${TUESDAY}`,
  },
  {
    name: 'earned-is-committed-carried-or-paid',
    mistake: 'a payout that no closing planned',
    sql: () => payout(held, WEDNESDAY, 10),
    named: () => `account ${held} on ${WEDNESDAY}`,
  },
  {
    name: 'earned-is-committed-carried-or-paid',
    mistake: 'two payouts of one day',
    sql: () => `${payout(refused, TUESDAY, 40)};
      UPDATE payouts SET amount_cents = 50 WHERE ${ofDay(refused, TUESDAY)} AND id <> '${NEW_ID}'`,
    named: () => `account ${refused} on ${TUESDAY}`,
  },
  {
    name: 'negative-is-carried',
    mistake: 'somebody in debt is paid, and the debt grows',
    sql: () => `${payout(debtor, TUESDAY, 100)};
      UPDATE closings SET carried_cents = carried_cents - 100 WHERE ${ofDay(debtor, TUESDAY)}`,
    named: () => `account ${debtor} on ${TUESDAY}: left with -200, paid 100, carried -300`,
  },
  {
    name: 'negative-is-carried',
    mistake: 'a debt begins again at nothing',
    sql: () => `UPDATE closings SET carried_cents = 0 WHERE ${ofDay(debtor, MONDAY)}`,
    named: () => `account ${debtor} on ${MONDAY}: left with -300, paid 0, carried 0`,
    also: ['earned-is-committed-carried-or-paid'],
  },
  {
    name: 'paid-is-booked',
    mistake: 'the transfer of a paid payout is not there',
    sql: () => `DELETE FROM transfers WHERE payout_id = ${payoutOf(paid, MONDAY)}`,
    named: () => 'is paid, 0 transfers',
  },
  {
    name: 'paid-is-booked',
    mistake: 'a payout is called paid that nobody booked',
    sql: () => `UPDATE payouts SET state = 'paid' WHERE ${ofDay(refused, TUESDAY)}`,
    named: () => 'is paid, 0 transfers',
  },
  {
    name: 'paid-is-booked',
    mistake: 'a payout that failed is booked',
    sql: () => `UPDATE payouts SET state = 'failed' WHERE ${ofDay(paid, TUESDAY)}`,
    named: () => 'is failed, 1 transfers',
  },
  {
    name: 'paid-is-booked',
    mistake: 'another amount is booked',
    sql: () => `UPDATE transfers SET amount_cents = amount_cents - 1
      WHERE payout_id = ${payoutOf(paid, TUESDAY)}`,
    named: () => 'is paid, 1 transfers, 0 of them fit',
  },
  {
    name: 'paid-is-booked',
    mistake: 'a transfer for a payout that is not there',
    sql: () =>
      transfer({
        kind: `'payout'`,
        payout_id: `'${NEW_ID}'`,
        credit_account_id: `'${BANK_CLEARING_ACCOUNT_ID}'`,
      }),
    named: () => `payout ${NEW_ID} is unknown, 1 transfers`,
  },
  {
    name: 'paid-within-earned',
    mistake: 'a payout is booked twice',
    sql: () =>
      transfer({
        kind: `'payout'`,
        payout_id: payoutOf(paid, MONDAY),
        credit_account_id: `'${BANK_CLEARING_ACCOUNT_ID}'`,
        amount_cents: '1000',
      }),
    named: () => `account ${paid} on ${MONDAY}: paid 2000 in all, earned 1000`,
    also: ['paid-is-booked'],
  },
];

describe('each invariant', () => {
  it('holds, whichever way it is looked at, before anything is planted', async () => {
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('has a fault here that is planted for it', () => {
    const planned = new Set(faults.map(({ name }) => name));
    expect([...planned].sort()).toEqual(moneyInvariants.map(({ name }) => name).sort());
  });
});

describe('once every protection is gone,', () => {
  beforeAll(async () => {
    await removeProtection(evening.test.ownerUrl);
    await query(owner, 'DELETE FROM proven_days');
  });

  it.each(faults.map((fault) => [fault.name, fault.mistake, fault] as const))(
    '%s names it: %s',
    async (name, _, { sql, named, also = [] }) => {
      await planted(sql(), async (database) => {
        const found = await faultsOfAllTime({ database }, moneyInvariants);
        expect(found.filter((what) => what.startsWith(`${name}: `)).join()).toContain(named());
        const names = new Set(found.map((what) => what.split(':')[0]));
        expect([...names].sort()).toEqual([name, ...also].sort());
        expect(await brokenInNew(database)).toContain(name);
      });
    },
  );

  it('an overpayment is named before it is sent, and after', async () => {
    const committedTooLittle = `
      UPDATE closings SET committed_cents = committed_cents - 100 WHERE ${ofDay(paid, TUESDAY)};
      UPDATE payouts SET amount_cents = amount_cents + 100 WHERE ${ofDay(paid, TUESDAY)}`;
    const itsTransfer = `WHERE payout_id = ${payoutOf(paid, TUESDAY)}`;
    const unsent = `
      UPDATE closings SET committed_cents = committed_cents - 100 WHERE ${ofDay(paid, TUESDAY)};
      DELETE FROM transfers ${itsTransfer};
      UPDATE payouts SET amount_cents = amount_cents + 100, state = 'planned'
        WHERE ${ofDay(paid, TUESDAY)}`;
    const sent = `${committedTooLittle};
      UPDATE transfers SET amount_cents = amount_cents + 100 ${itsTransfer}`;
    const look = async (database: Database): Promise<[string[], string[]]> => [
      await faultsOfAllTime({ database }, moneyInvariants),
      await brokenInNew(database),
    ];
    const committed = `account ${paid} on ${TUESDAY}: committed 900, earlier payouts stand for 1000`;
    expect(await planted(unsent, look)).toEqual([
      [`committed-covers-earlier-payouts: ${committed}`],
      ['committed-covers-earlier-payouts'],
    ]);
    expect(await planted(sent, look)).toEqual([
      [
        `committed-covers-earlier-payouts: ${committed}`,
        `paid-within-earned: account ${paid} on ${TUESDAY}: paid 1600 in all, earned 1500`,
      ],
      ['committed-covers-earlier-payouts'],
    ]);
  });
});
