/** `npm run seed [-- ru]`: fills a running, empty product with a company to look at. */
import { z } from 'zod';
import { locale as localeSchema } from '../services/shared/contracts/fields';
import { Api, Person } from './client/api';
import { createAdmin } from './create-admin';
import { checkMoney } from './money/check';
import { setBankSwitches } from './client/bank';
import { hireCompany, logInAs } from './seed/company';
import { PAST_TASKS, writeHistory } from './seed/history';
import { demoPeople, REFUSED_PERSON } from './seed/people';
import { demoTitle } from './seed/tasks';
import { LOGINS_FILE, type DemoLogin } from './stack/local-file';
import { runningStack } from './stack/running';
import { writePrivate } from './stack/secrets';

const TASKS = 60;
const FINISHED_TODAY = 8;

const locale = localeSchema.parse(z.string().default('en').parse(process.argv[2]));
const stack = runningStack();
const api = new Api(stack.gatewayUrl);
const people = demoPeople(locale);

async function administrator(): Promise<Person> {
  const [{ id, nickname, email, beakShape, bankAccount }] = people;
  const admin = new Person(api, id, nickname, email, beakShape, bankAccount);
  await createAdmin(stack, { ...people[0] });
  await logInAs(admin, 'admin');
  return admin;
}

/** Today by the API, as people would do it: create, deal, finish some. */
async function workToday(company: Map<string, Person>): Promise<void> {
  const managers = ['macaw', 'cockatoo'].map((nickname) => company.get(nickname)!);
  for (const manager of managers) await logInAs(manager, 'manager');
  for (let index = PAST_TASKS; index < TASKS; index += 1) {
    const { jiraId, title } = demoTitle(index, locale);
    const manager = managers[index % managers.length]!;
    await manager.post('/tasks', { title: `[${jiraId}] ${title}` });
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

async function seed(): Promise<void> {
  const admin = await administrator();
  const company = await hireCompany(api, admin, people);
  await setBankSwitches(stack.bankUrl, {
    rejectAccounts: [company.get(REFUSED_PERSON)!.bankAccount],
  });
  await writeHistory(stack, people, locale);
  await workToday(company);
  const { unsettled, results } = await checkMoney(
    (name) => stack.databases[name]!.administratorUrl,
  );
  const broken = [...unsettled, ...results.flatMap((each) => each.broken)];
  if (broken.length > 0) throw new Error(`The demo data is not right: ${broken.join('; ')}`);
  const logins: DemoLogin[] = people.map(({ role, nickname, beakShape }) => ({
    role,
    login: nickname,
    beakShape,
  }));
  await writePrivate(LOGINS_FILE, `${JSON.stringify(logins, null, 2)}\n`);
}

seed().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
