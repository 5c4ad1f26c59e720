import type { Person } from '../../../../operations/client/api';
import { formatMoney, type Money } from '../../../src/lib/money';
import type { Stage } from '../support/stage';
import type { Visit } from '../support/visitor';

/** Deals two new tasks to a new employee, who is alone. */
async function employeeWithTasks(stage: Stage): Promise<Person> {
  const { exchange } = stage;
  const employee = await stage.hire();
  for (const title of ['POPUG-144 Speed up the swing', '[UBERPOP-41] Change button 1']) {
    await exchange.admin.post('/tasks', { title });
  }
  await exchange.admin.post('/distributions', { scope: 'unassigned' });
  return employee;
}

/** A task is finished within ten seconds: `f`, `f`; or two presses on one spot. */
export async function finish(stage: Stage, visit: Visit): Promise<void> {
  const employee = await employeeWithTasks(stage);
  const visitor = await stage.enter(employee, visit);
  const { page, say } = visitor;
  const { body } = await employee.get('/tasks?view=mine&status=open&sort=assignedAt');
  const [task] = body.items as { id: string; reward: Money }[];
  const reward = formatMoney(task!.reward, visit.language, 'always');
  const buttons = page.getByRole('button', { name: say('task:finish.press', { reward }) });
  await buttons.first().waitFor();
  await visitor.checkAccess('own tasks');
  if (visit.hands === 'keyboard') {
    await page.keyboard.press('f');
    await page.getByRole('button', { name: say('task:finish.armed') }).waitFor();
    await page.keyboard.press('f');
  } else {
    await buttons.first().click();
    await page.getByRole('button', { name: say('task:finish.armed') }).click();
  }
  await page.getByText(say('task:finish.inBalance', { reward })).waitFor();
  await visitor.checkAccess('own tasks, one finished');
}
