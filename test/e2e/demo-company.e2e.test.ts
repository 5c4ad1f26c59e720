import { Person } from '../../operations/client/api';
import {
  correctFee,
  planFormula,
  returnFirstPayout,
  RETURNED_PERSON,
} from '../../operations/company/accounting';
import { formGroups } from '../../operations/company/groups';
import { demoPeople, type DemoPerson } from '../../operations/company/people';
import { Operator } from '../../operations/operator/operator';
import { reconcile } from '../../operations/operator/reconcile';
import { demoLogins, seedCompany, type SeededProduct } from '../../operations/company/seed-company';
import { startExchange, type Exchange } from './support/exchange';
import { lettersTo } from './support/mail';
import { balanceOf, expectMoneyInOrder } from './support/money';

const SEEDING_MS = 180_000;

let exchange: Exchange;
let product: SeededProduct;
let company: Map<string, Person>;
let isNew: boolean;

const personOf = ({ id, nickname, email, beakShape, bankAccount }: DemoPerson): Person =>
  new Person(exchange.api, id, nickname, email, beakShape, bankAccount);

beforeAll(async () => {
  exchange = await startExchange();
  const { stack, admin } = exchange;
  product = {
    gatewayUrl: stack.gatewayUrl,
    bankUrl: stack.bankUrl,
    urlOf: (name) => stack.databases.administratorUrl(name),
    calendar: { timeZone: 'Europe/Moscow', cutOff: '18:00' },
    makeAdmin: async (demo) => {
      // The exchange has an administrator already, who makes the demo's.
      const known = await admin.send('GET', `/users/${demo.id}`);
      if (known.status === 404) await exchange.hireAs('admin', personOf(demo));
    },
  };
  isNew = await seedCompany(product, 'ru');
  company = new Map(demoPeople('ru').map((demo) => [demo.nickname, personOf(demo)]));
}, SEEDING_MS);
afterAll(() => exchange.stop());

async function as(nickname: string): Promise<Person> {
  const person = company.get(nickname)!;
  if (person.token === '') await person.logIn();
  return person;
}

it('is seeded once, and everybody can log in', async () => {
  expect(isNew).toBe(true);
  expect(await seedCompany(product, 'ru')).toBe(false);
  for (const { login } of demoLogins('ru')) await as(login);
  const { body } = await exchange.admin.get('/tasks/counts?view=all');
  expect(body.open + body.finished + body.cancelled).toBe(60);
});

it('repeats each step of an interrupted run without a second effect', async () => {
  const [admin, accountant] = [await as('admin'), await as('grey')];
  await formGroups(admin, company, 'ru');
  await correctFee(accountant, company, 'ru');
  await returnFirstPayout(accountant, product.bankUrl, company.get(RETURNED_PERSON)!, 'ru');
  await planFormula(admin, product.calendar);
  await expectMoneyInOrder(exchange.stack);
});

it('has two groups, whose members have their permissions', async () => {
  const { body } = await exchange.admin.get('/groups');
  const groups = (body.items as { name: string; memberCount: number }[]).map(
    ({ name, memberCount }) => [name, memberCount],
  );
  expect(groups.sort()).toEqual([
    ['Аналитики', 3],
    ['Старшие ночной смены', 2],
  ]);
  expect((await (await as('kea')).send('GET', '/distributions')).status).toBe(200);
  expect((await (await as('monk')).send('GET', '/analytics/earnings')).status).toBe(200);
  expect((await (await as('ara')).send('GET', '/analytics/earnings')).status).toBe(403);
});

it('has a correction beside the fee that it takes back', async () => {
  const { body } = await (await as('lori')).get('/accounts/me/entries?limit=100');
  interface Entry {
    id: string;
    kind: string;
    reversedById: string | null;
  }
  const entries = body.items as Entry[];
  const reversals = entries.filter(({ kind }) => kind === 'reversal');
  expect(reversals).toEqual([
    expect.objectContaining({
      by: company.get('grey')!.id,
      reason: expect.stringMatching(/[а-я]/),
    }),
  ]);
  const reversed = entries.filter(({ reversedById }) => reversedById !== null);
  expect(reversed).toMatchObject([{ kind: 'fee', reversedById: reversals[0]!.id }]);
});

it('has a payout that the bank refused, and one that it sent back', async () => {
  const { body } = await (await as('grey')).get('/payouts?state=failed&state=returned&limit=100');
  const who = (body.items as { state: string; userId: string }[]).map(({ state, userId }) => [
    state,
    userId,
  ]);
  expect(who.sort()).toEqual([
    ['failed', company.get('senegal')!.id],
    ['returned', company.get('nestor')!.id],
  ]);
  const nestor = await as('nestor');
  const letters = await lettersTo(exchange.stack, nestor.email);
  expect(letters.filter(({ text }) => text.includes('Счёт закрыт'))).toHaveLength(1);
});

it('has a price formula that begins within a day and an hour', async () => {
  const { body } = await exchange.admin.get('/price-formulas');
  expect(body.items).toHaveLength(2);
  const hours = (Date.parse(body.items[0].validFrom as string) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(0);
  expect(hours).toBeLessThanOrEqual(25);
});

it('has a dead letter whose replay is done, and changes no balance', async () => {
  const path = '/operations/account/dead-letters';
  const { body } = await exchange.admin.get(`${path}?state=open`);
  expect(body.items).toMatchObject([{ type: 'TaskFinished.v1', replayable: true }]);
  const people = [...company.values()].filter(({ token }) => token !== '');
  const before = await Promise.all(people.map(balanceOf));
  const replayed = await exchange.admin.post(`${path}/${body.items[0].id}/replay`);
  expect(replayed.body.outcome).toBe('done');
  expect(await Promise.all(people.map(balanceOf))).toEqual(before);
  await expectMoneyInOrder(exchange.stack);
});

it('is complete by every comparison between the services', async () => {
  const { nickname, beakShape } = exchange.admin;
  const operator = await Operator.logIn(exchange.stack.gatewayUrl, nickname, beakShape);
  const lines: string[] = [];
  const code = await reconcile(operator, (line) => void lines.push(line));
  expect(lines.filter((line) => !line.endsWith('nothing is missing'))).toEqual([]);
  expect(code).toBe(0);
});
