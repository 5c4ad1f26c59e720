import { newPerson } from '../../../../operations/client/api';
import type { Stage } from '../support/stage';
import type { Visit } from '../support/visitor';

/** From sign-up to active, without a reload. */
export async function signUp(stage: Stage, visit: Visit): Promise<void> {
  const who = newPerson(stage.exchange.api, 'newcomer');
  const visitor = await stage.arrive(visit);
  const { page, say } = visitor;
  await page.goto('/');
  await visitor.press(page.getByRole('link', { name: say('access:logIn.signUp') }));
  await page.getByRole('heading', { name: say('access:signUp.title') }).waitFor();
  await visitor.checkAccess('sign-up');
  let loads = 0;
  page.on('load', () => (loads += 1));
  await visitor.fill(page.getByLabel(say('access:signUp.nickname')), who.nickname);
  await visitor.fill(page.getByLabel(say('access:signUp.email')), who.email);
  await visitor.fill(page.getByLabel(say('access:signUp.bankAccount')), who.bankAccount);
  const shapes = page.locator('input[type="password"]');
  await visitor.fill(shapes.first(), who.beakShape);
  await visitor.fill(shapes.last(), who.beakShape);
  await visitor.press(page.getByRole('button', { name: say('access:logIn.signUp') }));
  await page.getByText(say('tasks:empty.open')).waitFor();
  expect(new URL(page.url()).pathname).toBe('/tasks');
  expect(loads).toBe(0);
  await visitor.checkAccess('own tasks, none');
  // The page made the id.
  const { admin } = stage.exchange;
  const { body } = await admin.get(`/users?q=${who.nickname}`);
  stage.willLeave(body.items[0].id);
}
