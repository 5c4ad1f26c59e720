import { newPerson, type Person } from '../../../../operations/client/api';
import { userCreated, type UserCreated } from '../../../../services/shared/contracts/events/users';
import { cloudEventOf } from '../../../../services/shared/testing/cloud-events';
import { eventually } from '../../../../services/shared/testing/eventually';
import type { Stage } from '../support/stage';
import type { Visit, Visitor } from '../support/visitor';

/** Dapr gives an event up after its retries. */
const RETRIES_MS = 60_000;
const TOMORROW_MS = 24 * 60 * 60_000;

/**
 * Publishes that somebody was registered whom User does not know: Account can't open the account,
 * and the event becomes a dead letter. Then lets the person in, so that a replay can end well.
 */
async function causeDeadLetter({ exchange }: Stage, locale: Visit['language']): Promise<Person> {
  const { stack, api, admin } = exchange;
  const late = newPerson(api, 'late');
  const { id: userId, nickname, email } = late;
  const known: UserCreated = {
    ...{ userId, nickname, email, locale, version: 1, role: 'employee', status: 'inactive' },
    ...{ permissions: [], managerId: null },
  };
  const { daprUrl, daprApiToken } = stack.service('user');
  const answer = await fetch(`${daprUrl}/v1.0/publish/pubsub/users`, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents+json',
      'dapr-api-token': daprApiToken,
    },
    body: JSON.stringify(cloudEventOf(userCreated, known)),
  });
  expect(answer.status).toBe(204);
  const isThere = async (): Promise<boolean> => {
    const { body } = await admin.get('/operations/account/dead-letters?state=open');
    return body.items.length > 0;
  };
  await eventually('the dead letter', isThere, RETRIES_MS);
  return exchange.hire(late);
}

/** Creates a group that may distribute, and puts two people into it. */
async function makeGroup(visitor: Visitor, name: string, people: readonly Person[]): Promise<void> {
  const { page, say } = visitor;
  await visitor.open(say('pages.groups'));
  await visitor.press(page.getByRole('button', { name: say('people:groups.new') }));
  const dialog = page.getByRole('dialog');
  await visitor.fill(dialog.getByLabel(say('people:fields.name')), name);
  await visitor.checkAccess('new group');
  await visitor.press(dialog.getByLabel(say('people:permissions.tasks.distribute')));
  await visitor.press(dialog.getByRole('button', { name: say('people:groups.create') }));
  await page.getByRole('heading', { name }).waitFor();
  for (const { nickname } of people) {
    await visitor.pick(page.getByRole('combobox', { name: say('people:group.add') }), nickname);
    await page.getByRole('link', { name: nickname }).waitFor();
  }
  await visitor.checkAccess('group');
}

/** Plans a price formula for tomorrow. */
async function planPrices(visitor: Visitor): Promise<void> {
  const { page, say } = visitor;
  await visitor.open(say('pages.prices'));
  await visitor.press(page.getByRole('button', { name: say('prices:new') }));
  await visitor.fill(page.getByLabel(say('prices:form.reward')), '120');
  await visitor.press(page.getByLabel(say('prices:form.later')));
  const tomorrow = new Date(Date.now() + TOMORROW_MS).toISOString().slice(0, '2031-01-01'.length);
  // The parts of this field differ by browser and language: it is filled as a whole.
  await page.getByLabel(say('prices:form.at')).fill(`${tomorrow}T09:00`);
  const example = page.getByRole('table', { name: say('prices:form.example') });
  await example.getByText(say('prices:form.examples.middle')).waitFor();
  await visitor.checkAccess('new prices');
  await visitor.press(page.getByRole('button', { name: say('prices:form.action') }));
  await page.getByText(say('prices:form.started')).waitFor();
  await page.getByText(say('prices:states.planned')).first().waitFor();
}

/** The administrator's round: a group, prices, figures, and one dead letter. */
export async function administratorsRound(stage: Stage, visit: Visit): Promise<void> {
  const late = await causeDeadLetter(stage, visit.language);
  stage.willLeave(late.id);
  const [one, other] = [await stage.hire(), await stage.hire()];
  const watcher = await stage.enter(one, visit);
  const visitor = await stage.enter(await stage.hire('admin'), visit);
  const { page, say } = visitor;

  const group = `Night shift leads ${visit.language} ${visit.theme} ${visit.width} ${visit.hands}`;
  await makeGroup(visitor, group, [one, other]);
  await visitor.press(page.getByRole('link', { name: one.nickname }));
  const given = page.getByRole('row', { name: say('people:permissions.tasks.distribute') });
  await given.getByText(group).waitFor();
  await visitor.checkAccess('person');
  // Without a new login: the session is renewed by a hint.
  await watcher.page
    .getByRole('link', { name: say('pages.distribution') })
    .first()
    .waitFor();

  await planPrices(visitor);
  await visitor.open(say('pages.analytics'));
  await page.getByRole('heading', { name: say('analytics:dearest.title') }).waitFor();
  await page.getByRole('heading', { name: say('analytics:belowZero.title') }).waitFor();
  await visitor.checkAccess('analytics');

  await visitor.open(say('pages.status'));
  const attention = say('operations:status.attention', { count: 1 });
  await page.getByText(attention).waitFor();
  await visitor.checkAccess('operations');
  await visitor.press(
    page.getByRole('link', { name: say('operations:sections.deadLetters'), exact: true }),
  );
  const replay = page.getByText(say('operations:deadLetters.replay'), { exact: true });
  const button = page.getByRole('button').filter({ has: replay });
  await button.waitFor();
  await visitor.checkAccess('dead letters');
  await visitor.press(button);
  await page.getByText(say('operations:deadLetters.outcomes.done')).first().waitFor();
  await visitor.press(
    page.getByRole('link', { name: say('operations:sections.status'), exact: true }),
  );
  await page.getByText(say('operations:status.ok')).waitFor();
}
