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
/** Account ids: paid every day, in debt, on hold, without a bank account, and sent back. */
let paid: string;
let debtor: string;
let held: string;
let refused: string;
let returned: string;

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
  const { books, desk, pass, payment } = evening;
  const users: string[] = [];
  for (let n = 0; n < 5; n += 1) users.push(await openPayee(books));
  const [first, second, third, fourth, fifth] = users as [string, string, string, string, string];
  await hold(third);
  await setBankAccount(books, fourth, null);
  const days = [
    [MONDAY, 1_000n, -300n, 700n, 400n, 600n],
    [TUESDAY, 500n, 100n, 30n, 90n, 10n],
    [WEDNESDAY, 20n, -20n, -20n, 20n, 1n],
  ] as const;
  for (const [day, ...cents] of days) {
    for (const [index, userId] of users.entries()) await earn(books, userId, cents[index]!);
    if (day === WEDNESDAY) break;
    await closeByHand(books, day, ACCOUNTANT);
    await runEvening(desk);
    if (day === MONDAY) {
      const sent = payment.carriedOut.find(({ amount }) => amount === '600');
      payment.sendBack(sent!.key, 600n);
      await runEvening(desk);
    }
    pass(DAY_MS);
  }
  [paid, debtor] = [await accountOf(first), await accountOf(second)];
  [held, refused] = [await accountOf(third), await accountOf(fourth)];
  returned = await accountOf(fifth);
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

const returnOf = (account: string, cents: number): string =>
  transfer({
    kind: `'return'`,
    payout_id: payoutOf(account, MONDAY),
    debit_account_id: `'${BANK_CLEARING_ACCOUNT_ID}'`,
    credit_account_id: `'${account}'`,
    amount_cents: String(cents),
    reason: `'account closed'`,
  });

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
    name: 'closing-holds-all-entries',
    mistake: 'a return is counted as earned too, and paid twice',
    sql: () => `UPDATE closings SET earned_cents = earned_cents + 600
        WHERE ${ofDay(returned, TUESDAY)};
      UPDATE transfers SET amount_cents = amount_cents + 600
        WHERE payout_id = ${payoutOf(returned, TUESDAY)};
      UPDATE payouts SET amount_cents = amount_cents + 600 WHERE ${ofDay(returned, TUESDAY)}`,
    named: () => `account ${returned} on ${TUESDAY}: closed with 1210, its rows say 610`,
    also: ['balance-is-sum-of-entries', 'paid-within-earned'],
  },
  {
    name: 'committed-covers-earlier-payouts',
    mistake: 'a closing still takes off what the bank had sent back',
    sql: () => `UPDATE closings SET committed_cents = committed_cents + 600,
      carried_cents = carried_cents - 600 WHERE ${ofDay(returned, TUESDAY)}`,
    named: () =>
      `account ${returned} on ${TUESDAY}: committed 600, earlier payouts stand for 0, ` +
      'the bank had returned 600',
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
    name: 'returned-is-booked-back',
    mistake: 'a payout is returned twice',
    sql: () => returnOf(returned, 600),
    named: () => 'is returned, 2 transfers',
  },
  {
    name: 'returned-is-booked-back',
    mistake: 'a payout is called returned that nobody booked back',
    sql: () => `DELETE FROM transfers WHERE kind = 'return'`,
    named: () => 'is returned, 0 transfers',
    also: ['paid-within-earned'],
  },
  {
    name: 'returned-is-booked-back',
    mistake: 'a payout is booked back and still called paid',
    sql: () => returnOf(paid, 1_000),
    named: () => 'is paid, 1 transfers',
    also: ['balance-is-sum-of-entries'],
  },
  {
    name: 'returned-is-booked-back',
    mistake: 'another amount is booked back',
    sql: () => `UPDATE transfers SET amount_cents = amount_cents - 1 WHERE kind = 'return'`,
    named: () => 'is returned, 1 transfers, 0 of them fit',
    also: ['paid-within-earned'],
  },
  {
    name: 'returned-is-booked-back',
    mistake: 'it is booked back to somebody else',
    sql: () => `UPDATE transfers SET credit_account_id = '${held}' WHERE kind = 'return'`,
    named: () => 'is returned, 1 transfers, 0 of them fit',
    also: ['balance-is-sum-of-entries', 'committed-covers-earlier-payouts', 'paid-within-earned'],
  },
  {
    name: 'returns-are-booked',
    mistake: 'the bank sent back what nobody booked for an hour',
    sql: () => `INSERT INTO returned_transfers (key, position, amount_cents, currency, reason,
        returned_at, heard_at, next_try_at)
      VALUES ('${NEW_ID}', 2, 600, 'USD', 'account closed', now(), now() - interval '1 hour',
        now())`,
    named: () => `return ${NEW_ID}: not tried yet`,
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
      ['committed-covers-earlier-payouts', 'paid-within-earned'],
    ]);
  });

  it('an overpayment for a day that is proven is named when it is sent', async () => {
    const plant = `INSERT INTO proven_days SELECT day, now() - interval '1 hour' FROM business_days
        WHERE state = 'closed';
      UPDATE closings SET committed_cents = committed_cents - 100 WHERE ${ofDay(paid, TUESDAY)};
      UPDATE payouts SET amount_cents = amount_cents + 100 WHERE ${ofDay(paid, TUESDAY)};
      UPDATE transfers SET amount_cents = amount_cents + 100
        WHERE payout_id = ${payoutOf(paid, TUESDAY)}`;
    expect(await planted(plant, brokenInNew)).toEqual(['paid-within-earned']);
  });
});
