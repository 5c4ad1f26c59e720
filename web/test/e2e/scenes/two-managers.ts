import { formatMoney, type Money } from '../../../src/lib/money';
import type { Stage } from '../support/stage';
import type { Visit, Visitor } from '../support/visitor';

/** Opens the page on which tasks are dealt out, from the menu. */
async function openDistribution(manager: Visitor): Promise<void> {
  await manager.open(manager.say('pages.distribution'));
  await manager.page.getByRole('heading', { name: manager.say('distribution:title') }).waitFor();
}

/** Two managers press at once: one distribution happens, the other is told of it. */
export async function twoManagers(stage: Stage, visit: Visit): Promise<void> {
  const { exchange } = stage;
  const employee = await stage.hire();
  const [one, other] = [await stage.hire('manager'), await stage.hire('manager')];
  for (const title of ['Oil the swing', 'Test the bell']) {
    await exchange.admin.post('/tasks', { title });
  }
  const first = await stage.enter(one, visit);
  const second = await stage.enter(other, visit);
  const landing = await stage.enter(employee, visit);
  await landing.page.getByText(landing.say('tasks:empty.open')).waitFor();
  await openDistribution(first);
  await openDistribution(second);
  const { body: preview } = await one.get('/distributions/preview?scope=unassigned');
  const dealt = {
    count: preview.taskCount,
    fees: formatMoney(preview.fees as Money, visit.language),
  };
  const action = (visitor: Visitor) =>
    visitor.page.getByRole('button', {
      name: visitor.say('distribution:action', dealt),
    });
  await action(first).waitFor();
  await action(second).waitFor();
  await first.checkAccess('preview of a distribution');

  // The request of the second is held until the first one's is answered: hints come later still.
  let letGo = (): void => undefined;
  const isFirstDone = new Promise<void>((resolve) => (letGo = resolve));
  await second.page.route('**/api/v1/distributions', async (route) => {
    if (route.request().method() === 'POST') await isFirstDone;
    await route.continue();
  });
  await second.press(action(second));
  await first.press(action(first));
  await first.page.getByText(first.say('distribution:result.title')).waitFor();
  letGo();
  await second.page.getByRole('alert').filter({ hasText: one.nickname }).waitFor();
  await first.checkAccess('result of a distribution');
  await second.checkAccess('distribution that was overtaken');

  await landing.page.getByText(landing.say('tasks:landed', dealt)).waitFor({ state: 'attached' });
  await landing.page.getByText('Oil the swing').first().waitFor();
  const { body: done } = await one.get('/distributions');
  expect(done.items[0]).toMatchObject({ by: one.id });
  expect(done.items.filter((each: { by: string }) => each.by === other.id)).toEqual([]);
}
