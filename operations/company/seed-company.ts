import type { Locale } from '../../services/shared/contracts/fields';
import type { BusinessCalendar } from '../../services/shared/kernel/business-day';
import { Api, Person } from '../client/api';
import { setBankSwitches } from '../client/bank';
import { checkMoney } from '../money/check';
import type { MoneyDatabase } from '../money/read-only';
import { correctFee, planFormula, returnFirstPayout, RETURNED_PERSON } from './accounting';
import { hireCompany, logInAs } from './company';
import { formGroups } from './groups';
import { PAST_TASKS, writeHistory } from './history';
import { demoPeople, REFUSED_PERSON, type DemoPerson } from './people';
import { demoTaskId, demoTitle } from './tasks';

const TASKS = 60;
const FINISHED_TODAY = 8;
const NOT_FOUND = 404;

export interface SeededProduct {
  gatewayUrl: string;
  bankUrl: string;
  /** The url of a database, for a role that may read and change everything. */
  urlOf(database: MoneyDatabase): string;
  calendar: BusinessCalendar;
  /** Makes sure that the first administrator is active. */
  makeAdmin(admin: DemoPerson): Promise<void>;
}

/** A login of the demo company. */
export interface DemoLogin {
  role: string;
  /** Nickname, email or id. */
  login: string;
  beakShape: string;
}

/** The logins of the demo data. */
export function demoLogins(locale: Locale): DemoLogin[] {
  return demoPeople(locale).map(({ role, nickname, beakShape }) => ({
    role,
    login: nickname,
    beakShape,
  }));
}

/** Creates, deals and finishes today's tasks through the API. */
async function workToday(company: Map<string, Person>, locale: Locale): Promise<void> {
  const managers = ['macaw', 'cockatoo'].map((nickname) => company.get(nickname)!);
  for (const manager of managers) await logInAs(manager, 'manager');
  for (let index = PAST_TASKS; index < TASKS; index += 1) {
    const { jiraId, title } = demoTitle(index, locale);
    const manager = managers[index % managers.length]!;
    await manager.post('/tasks', { id: demoTaskId(index), title: `[${jiraId}] ${title}` });
  }
  await managers[0]!.post('/distributions', { scope: 'unassigned' });
  const open = await managers[0]!.get('/tasks?view=all&status=open&limit=100');
  const byId = new Map([...company.values()].map((person) => [person.id, person]));
  const dealt = (open.body.items as { id: string; assigneeId: string | null }[])
    .filter(({ assigneeId }) => byId.has(assigneeId ?? ''))
    .slice(0, FINISHED_TODAY);
  for (const { id, assigneeId } of dealt) {
    const assignee = byId.get(assigneeId!)!;
    if (assignee.token === '') await assignee.logIn();
    await assignee.post(`/tasks/${id}/finish`);
  }
}

/** The accountant corrects a fee, and the bank returns a payout. */
async function keepBooks(
  { bankUrl }: SeededProduct,
  company: Map<string, Person>,
  locale: Locale,
): Promise<void> {
  const accountant = company.get('grey')!;
  await logInAs(accountant, 'accountant');
  await correctFee(accountant, company, locale);
  await returnFirstPayout(accountant, bankUrl, company.get(RETURNED_PERSON)!, locale);
}

async function refuseUnlessInOrder(product: SeededProduct): Promise<void> {
  const { unsettled, results } = await checkMoney((name) => product.urlOf(name));
  const broken = [...unsettled, ...results.flatMap((each) => each.broken)];
  if (broken.length > 0) throw new Error(`The demo data is not right: ${broken.join('; ')}`);
}

/**
 * Fills the product with the demo company. Continues an interrupted run; returns false when all of
 * it is there. Throws when an invariant of the money is broken.
 */
export async function seedCompany(product: SeededProduct, locale: Locale): Promise<boolean> {
  const api = new Api(product.gatewayUrl);
  const people = demoPeople(locale);
  const [{ id, nickname, email, beakShape, bankAccount }] = people;
  const admin = new Person(api, id, nickname, email, beakShape, bankAccount);
  await product.makeAdmin(people[0]);
  await logInAs(admin, 'admin');
  const last = await admin.send('GET', `/tasks/${demoTaskId(TASKS - 1)}`);
  if (last.status !== NOT_FOUND) return false;
  const company = await hireCompany(api, admin, people);
  const refused = company.get(REFUSED_PERSON)!;
  await setBankSwitches(product.bankUrl, { rejectAccounts: [refused.bankAccount] });
  const { calendar } = product;
  const place = {
    boardUrl: product.urlOf('board'),
    accountUrl: product.urlOf('account'),
    calendar,
  };
  await writeHistory(place, people, locale);
  await formGroups(admin, company, locale);
  await planFormula(admin, calendar);
  await keepBooks(product, company, locale);
  await workToday(company, locale);
  await refuseUnlessInOrder(product);
  return true;
}
