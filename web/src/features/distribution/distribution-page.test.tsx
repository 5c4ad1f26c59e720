import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { newId, somePerson, someUser, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { hint } from '../../../test/states';
import type { Permission, Schemas } from '../../api/client';
import { changeLanguage } from '../../i18n/texts';
import { DistributionPage } from './distribution-page';

type Preview = Schemas['DistributionPreview'];
type Distribution = Schemas['Distribution'];

const kea = somePerson({ nickname: 'kea' });
const ara = somePerson({ nickname: 'ara' });
const cockatoo = somePerson({ nickname: 'cockatoo', role: 'manager' });
const permissions: Permission[] = ['tasks.distribute'];
const user = someUser({ role: 'manager', permissions });
const page = { user, at: '/distribution', texts: ['distribution'] as const };
const earlier: Distribution = {
  id: newId(),
  scope: 'open',
  by: cockatoo.id,
  at: '2026-11-26T08:18:00.000Z',
  taskCount: 35,
  fees: usd(52_310),
  people: [
    { userId: kea.id, taskCount: 20 },
    { userId: ara.id, taskCount: 15 },
  ],
};
const ready: Preview = {
  scope: 'unassigned',
  taskCount: 1_662,
  fees: usd(2_493_150),
  people: Array.from({ length: 107 }, () => ({ userId: newId(), taskCount: 15.53 })),
  creators: [{ userId: kea.id, taskCount: 1_662 }],
  last: { id: earlier.id, by: earlier.by, at: earlier.at },
};
const refused = { title: 'Refused', requestId: 'r-1' };

/** Answers reads; what it returns can be changed later, and holds what was sent. */
function answer(more: Partial<Preview> = {}) {
  const given = {
    preview: { ...ready, ...more },
    history: [earlier],
    sent: [] as { id?: string; scope: string; after?: string | null }[],
    keys: [] as (string | null)[],
    previews: 0,
  };
  server.use(
    http.get('/api/v1/distributions/preview', ({ query, response }) => {
      given.previews += 1;
      return response(200).json({ ...given.preview, scope: query.get('scope') ?? 'open' });
    }),
    http.get('/api/v1/distributions', ({ response }) =>
      response(200).json({ items: given.history, next: null }),
    ),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [kea, ara, cockatoo], next: null }),
    ),
  );
  return given;
}

/** Answers the button; `reply` says how. */
function onPress(
  given: ReturnType<typeof answer>,
  reply: (sent: (typeof given.sent)[number]) => Promise<Response> | Response,
): void {
  server.use(
    http.untyped.post('*/api/v1/distributions', async ({ request }) => {
      const sent = (await request.json()) as (typeof given.sent)[number];
      given.sent.push(sent);
      given.keys.push(request.headers.get('idempotency-key'));
      return reply(sent);
    }),
  );
}

const done = ({ id = '', scope }: { id?: string; scope: string }): Distribution => ({
  ...earlier,
  id,
  scope: scope as Distribution['scope'],
  by: user.id,
  taskCount: 1_660,
  fees: usd(2_490_000),
});

const button = (): HTMLElement => screen.getByRole('button', { name: /^Distribute/ });

it('says in words what a press would do', async () => {
  answer();
  await show(<DistributionPage />, page);
  expect(await screen.findByText('1,662 tasks')).toBeVisible();
  expect(screen.getByText('107 people, about 15.5 each')).toBeVisible();
  expect(screen.getByText('8 … 24')).toBeVisible();
  expect(screen.getByText('$24,931.50')).toBeVisible();
  expect(await screen.findByText(/^Last: by cockatoo/)).toBeVisible();
  expect(screen.queryByText(/charges again/)).toBeNull();
  expect(button()).toHaveTextContent('Distribute 1,662 tasks for $24,931.50');
  expect(screen.getByText('1,662 tasks of nobody, or of somebody not active')).toBeVisible();
});

it('is busy until the server answers, and then shows what it did', async () => {
  const given = answer();
  let finish = (): void => undefined;
  const answered = new Promise<void>((resolve) => (finish = resolve));
  onPress(given, async (sent) => {
    await answered;
    return HttpResponse.json(done(sent), { status: 201 });
  });
  const { keys } = await show(<DistributionPage />, page);
  await screen.findByText('1,662 tasks');
  await keys.click(button());
  expect(await screen.findByRole('radio', { name: /Everything open/ })).toBeDisabled();
  expect(screen.queryByText('Distributed')).toBeNull();
  expect(given.sent).toEqual([{ id: expect.any(String), scope: 'unassigned', after: earlier.id }]);
  finish();
  expect(await screen.findByRole('heading', { name: /Distributed/ })).toHaveFocus();
  expect(screen.getByText('1,660 tasks')).toBeVisible();
  expect(screen.getByText('$24,900.00')).toBeVisible();
  const shares = screen.getByRole('list', { name: 'Who got how many' });
  expect(await within(shares).findByText('kea')).toBeVisible();
  expect(within(shares).getByText('20')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Distribute again' }));
  expect(await screen.findByText('107 people, about 15.5 each')).toBeVisible();
});

it('somebody else was faster: says who, with a fresh preview; nothing is sent again', async () => {
  const given = answer();
  const theirs = { ...earlier, id: newId(), at: new Date().toISOString(), taskCount: 36 };
  onPress(given, () => {
    given.history = [theirs, earlier];
    given.preview = {
      ...ready,
      taskCount: 3,
      fees: usd(4_000),
      last: { id: theirs.id, by: theirs.by, at: theirs.at },
    };
    const last = { id: theirs.id, by: theirs.by, at: theirs.at };
    const problem = { ...refused, type: 'distributed-meanwhile', status: 409, last };
    return HttpResponse.json(problem, { status: 409 });
  });
  const { keys } = await show(<DistributionPage />, page);
  await screen.findByText('1,662 tasks');
  await keys.click(button());
  expect(
    await screen.findByText('cockatoo distributed now: 36 tasks. Nothing of yours was done.'),
  ).toBeVisible();
  expect(screen.getByRole('alert')).toHaveFocus();
  await waitFor(() => expect(button()).toHaveTextContent('Distribute 3 tasks for $40.00'));
  expect(given.sent).toHaveLength(1);
  await waitFor(() => expect(button()).toBeEnabled());
  onPress(given, (sent) => HttpResponse.json(done(sent), { status: 201 }));
  await keys.click(button());
  await screen.findByRole('heading', { name: /Distributed/ });
  expect(given.sent[1]).toMatchObject({ after: theirs.id });
  expect(given.sent[1]?.id).not.toBe(given.sent[0]?.id);
});

it('a press without answer keeps its id, so that a second one does nothing twice', async () => {
  const given = answer();
  onPress(given, () =>
    HttpResponse.json({ ...refused, type: 'unavailable', status: 503 }, { status: 503 }),
  );
  const { keys } = await show(<DistributionPage />, page);
  await screen.findByText('1,662 tasks');
  await keys.click(button());
  expect(await screen.findByText(/what was pressed once is done once/)).toBeVisible();
  await keys.click(button());
  await waitFor(() => expect(given.sent).toHaveLength(2));
  expect(given.sent[1]).toEqual(given.sent[0]);
  expect(given.keys[1]).toBe(given.keys[0]);
  // It was done all the same: the history has it.
  given.history = [done({ id: given.sent[0]!.id!, scope: 'unassigned' }), earlier];
  await keys.click(button());
  expect(await screen.findByRole('heading', { name: /Distributed/ })).toBeVisible();
});

it('everything open warns, and asks for the number of tasks before it is sent', async () => {
  const given = answer({ taskCount: 5_012, fees: usd(7_518_000) });
  onPress(given, (sent) => HttpResponse.json(done(sent), { status: 201 }));
  const { keys } = await show(<DistributionPage />, page);
  await keys.click(await screen.findByRole('radio', { name: /Everything open/ }));
  expect(screen.getByTestId('address')).toHaveTextContent('/distribution?scope=open');
  expect(await screen.findByText(/charges again/)).toBeVisible();
  await keys.click(button());
  const dialog = await screen.findByRole('dialog');
  const confirm = within(dialog).getByRole('button', { name: /^Distribute 5,012/ });
  const field = within(dialog).getByRole('textbox', { name: 'Type the number of tasks: 5,012' });
  await keys.type(field, '5,013');
  expect(confirm).toBeDisabled();
  await keys.clear(field);
  await keys.type(field, '5012');
  await keys.click(confirm);
  await screen.findByRole('heading', { name: /Distributed/ });
  expect(given.sent).toMatchObject([{ scope: 'open' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('a hundred tasks or fewer are not typed', async () => {
  const given = answer({ taskCount: 100 });
  onPress(given, (sent) => HttpResponse.json(done(sent), { status: 201 }));
  const { keys } = await show(<DistributionPage />, { ...page, at: '/distribution?scope=open' });
  await screen.findByText(/charges again/);
  await keys.click(button());
  await screen.findByRole('heading', { name: /Distributed/ });
});

it('a hint of another distribution refreshes the preview and says so; an own one not', async () => {
  const given = answer();
  onPress(given, () =>
    HttpResponse.json({ ...refused, type: 'nobody-active', status: 409 }, { status: 409 }),
  );
  const { keys } = await show(<DistributionPage />, page);
  await screen.findByText('1,662 tasks');
  await keys.click(button());
  expect(await screen.findByText('Nobody active can be dealt a task.')).toBeVisible();
  const before = given.previews;
  hint('distribution', given.sent[0]!.id!);
  await waitFor(() => expect(given.previews).toBeGreaterThan(before));
  expect(screen.queryByText(/these numbers are refreshed/)).toBeNull();
  given.preview = { ...given.preview, taskCount: 7 };
  hint('distribution', newId());
  expect(await screen.findByText(/these numbers are refreshed/)).toBeVisible();
  expect(screen.getByText('7 tasks')).toBeVisible();
});

it('nothing to deal out, or nobody to deal to: says so, and the button is disabled', async () => {
  answer({ taskCount: 0 });
  const first = await show(<DistributionPage />, page);
  expect(await screen.findByText('Every open task is with an active person.')).toBeVisible();
  expect(button()).toBeDisabled();
  first.unmount();
  answer({ people: [] });
  await show(<DistributionPage />, page);
  expect(await screen.findByText('Nobody active can be dealt a task')).toBeVisible();
  expect(button()).toBeDisabled();
});

it('User is away: the preview says so, the button is disabled, the history lives', async () => {
  answer();
  server.use(
    http.get('/api/v1/distributions/preview', ({ response }) =>
      response(503).json({ ...refused, type: 'unavailable', status: 503 }),
    ),
  );
  await show(<DistributionPage />, page);
  expect(await screen.findByText('Who can be dealt tasks can’t be told now.')).toBeVisible();
  expect(screen.getByText(/Trying again in/)).toBeVisible();
  expect(button()).toBeDisabled();
  expect(await screen.findByText('35 tasks')).toBeVisible();
});

it('each earlier distribution opens to who got how many', async () => {
  answer();
  const { keys } = await show(<DistributionPage />, page);
  await keys.click(await screen.findByText('35 tasks'));
  const shares = await screen.findByRole('list', { name: 'Who got how many' });
  expect(await within(shares).findByText('ara')).toBeVisible();
  expect(within(shares).getByText('15')).toBeVisible();
});

it('nobody has distributed yet', async () => {
  const given = answer({ last: null });
  given.history = [];
  onPress(given, (sent) => HttpResponse.json(done(sent), { status: 201 }));
  const { keys } = await show(<DistributionPage />, page);
  expect(await screen.findByText('Nobody has distributed yet.')).toBeVisible();
  await keys.click(button());
  await screen.findByRole('heading', { name: /Distributed/ });
  expect(given.sent).toMatchObject([{ after: null }]);
});

it('speaks Russian', async () => {
  answer();
  await show(<DistributionPage />, page);
  await screen.findByText('1,662 tasks');
  await changeLanguage('ru');
  expect(await screen.findByText(/107 сотрудников, примерно по 15,5/)).toBeVisible();
  expect(
    screen.getByRole('button', { name: /Раздать 1.662 задачи за 24.931,50.\$/ }),
  ).toBeVisible();
  await changeLanguage('en');
});
