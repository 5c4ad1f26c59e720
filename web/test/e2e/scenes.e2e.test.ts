import type { Browser } from 'playwright-core';
import type { Person } from '../../../operations/client/api';
import { startExchange, type Exchange } from '../../../test/e2e/support/exchange';
import { expectMoneyInOrder } from '../../../test/e2e/support/money';
import { formatMoney } from '../../src/lib/money';
import { VISITS, Visitor, startBrowser, type Visit } from './support/visitor';

let exchange: Exchange;
let browser: Browser;
beforeAll(async () => {
  exchange = await startExchange();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await exchange?.stop();
});
afterEach(() => expectMoneyInOrder(exchange.stack));

const arrive = (visit: Visit): Promise<Visitor> =>
  Visitor.arrive(browser, exchange.stack.gatewayUrl, visit);

/** Sets the language of somebody's pages and letters. */
async function speak(person: Person, { language }: Visit): Promise<void> {
  const path = `/users/${person.id}`;
  const etag = (await person.get(path)).headers.get('etag')!;
  const request = {
    token: person.token,
    body: { locale: language },
    headers: { 'if-match': etag },
  };
  await person.api.must('PATCH', path, request);
}

/** Deals two new tasks to a new employee, who is alone. */
async function employeeWithTasks(): Promise<Person> {
  const employee = await exchange.hire();
  for (const title of ['POPUG-144 Speed up the swing', '[UBERPOP-41] Change button 1']) {
    await exchange.admin.post('/tasks', { title });
  }
  await exchange.admin.post('/distributions', { scope: 'unassigned' });
  return employee;
}

describe.each(VISITS)('at $width px in $language', (visit) => {
  it('2: a task is finished within ten seconds', async () => {
    const employee = await employeeWithTasks();
    await speak(employee, visit);
    const visitor = await arrive(visit);
    const { page, say } = visitor;
    await visitor.logIn(employee);
    const { body } = await employee.get('/tasks?view=mine&status=open');
    const [task] = body.items as { reward: { amount: string; currency: string } }[];
    const reward = formatMoney(task!.reward, visit.language, 'always');
    await page
      .getByRole('button', { name: say('tasks:row.finish', { reward }) })
      .first()
      .click();
    await page.getByRole('button', { name: say('tasks:row.armed') }).click();
    await page.getByText(say('tasks:toast.finished', { reward })).waitFor();
    await page.getByText(say('tasks:row.inBalance', { reward })).waitFor();
    await exchange.admin.post(`/users/${employee.id}/deactivate`, {});
    await visitor.leave();
  });
});

it('the API page shows the operations under the strict policy', async () => {
  const visitor = await arrive({ width: 1280, language: 'en' });
  await visitor.page.goto('/api/docs');
  await visitor.page.getByText('Finish my task: the reward is mine').first().waitFor({
    state: 'attached',
  });
  await visitor.leave();
});
