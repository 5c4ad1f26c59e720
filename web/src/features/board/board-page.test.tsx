import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { newId, somePerson, someTask, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import type { Permission, Schemas } from '../../api/client';
import { changeLanguage } from '../../i18n/texts';
import { BoardPage } from './board-page';

const kea = somePerson({ nickname: 'kea' });
const permissions: Permission[] = ['tasks.view-all', 'tasks.distribute'];
const user = someUser({ role: 'manager', permissions });
const page = { user, at: '/board', texts: ['board'] as const };
const dealt = someTask({
  title: 'Speed up the swing',
  assigneeId: kea.id,
  assignedAt: '2026-11-26T07:00:00.000Z',
  assignmentNumber: 4,
});
const some = { open: 2, finished: 41, cancelled: 3, unassigned: 1 };
const none = { open: 0, finished: 0, cancelled: 0, unassigned: 0 };

/** Answers reads; returns the query of each list that was asked for. */
function answer(items: Schemas['Task'][], counts = some): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/v1/tasks', ({ request, response }) => {
      asked.push(new URL(request.url).searchParams);
      return response(200).json({ items, next: null });
    }),
    http.get('/api/v1/tasks/counts', ({ response }) => response(200).json(counts)),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [kea], next: null })),
  );
  return asked;
}

const address = (): string | null => screen.getByTestId('address').textContent;

it('shows tasks with assignee, price, how often they were dealt, and counts as tabs', async () => {
  answer([dealt, someTask({ title: 'Test the bell' })]);
  await show(<BoardPage />, page);
  const row = await screen.findByRole('row', { name: /Speed up the swing/ });
  expect(await within(row).findByText('kea')).toBeVisible();
  expect(within(row).getByText('$26.82')).toBeVisible();
  expect(within(row).getByText('4')).toBeVisible();
  const waiting = screen.getByRole('row', { name: /Test the bell/ });
  expect(within(waiting).getByText('nobody')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Unassigned 1' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Finished 41' })).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Distribute…' })).toHaveAttribute(
    'href',
    '/distribution',
  );
});

it('filters by tab, text and assignee; the address says so, and one press clears', async () => {
  const asked = answer([dealt]);
  const { keys } = await show(<BoardPage />, page);
  await screen.findByRole('row', { name: /Speed up the swing/ });
  await keys.click(await screen.findByRole('button', { name: 'Unassigned 1' }));
  await waitFor(() => expect(asked.at(-1)?.get('unassigned')).toBe('true'));
  expect(asked.at(-1)?.get('status')).toBe('open');
  expect(address()).toBe('/board?status=unassigned');

  // Nobody's tasks are not somebody's.
  await keys.click(await screen.findByRole('combobox', { name: 'Assignee' }));
  await keys.click(await screen.findByRole('option', { name: 'kea' }));
  expect(address()).toBe(`/board?assignee=${kea.id}`);
  await waitFor(() => expect(asked.at(-1)?.get('assignee')).toBe(kea.id));
  expect(asked.at(-1)?.has('unassigned')).toBe(false);

  await keys.type(screen.getByRole('searchbox'), 'swing');
  await waitFor(() => expect(asked.at(-1)?.get('q')).toBe('swing'));
  expect(screen.getByText('Assignee: kea')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(address()).toBe('/board');
});

it('reads filters from the address', async () => {
  const asked = answer([]);
  await show(<BoardPage />, { ...page, at: `/board?status=finished&q=bell&assignee=${kea.id}` });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  expect(Object.fromEntries(asked.at(-1)!)).toMatchObject({
    view: 'all',
    status: 'finished',
    q: 'bell',
    assignee: kea.id,
  });
});

it('no tasks at all: teaches', async () => {
  answer([], none);
  await show(<BoardPage />, page);
  expect(await screen.findByText('No tasks yet')).toBeVisible();
});

it('no tasks in a state: says so', async () => {
  answer([], some);
  await show(<BoardPage />, { ...page, at: '/board?status=unassigned' });
  expect(await screen.findByText('Every open task is with somebody')).toBeVisible();
});

it('by person: a line each, opening to their tasks', async () => {
  const asked = answer([dealt]);
  server.use(
    http.get('/api/v1/tasks/load', ({ response }) =>
      response(200).json({
        items: [
          { userId: kea.id, open: 7, oldestAssignedAt: dealt.assignedAt, finishedInDay: 2 },
          { userId: newId(), open: 0, oldestAssignedAt: null, finishedInDay: 0 },
        ],
      }),
    ),
  );
  const { keys } = await show(<BoardPage />, page);
  await screen.findByRole('row', { name: /Speed up the swing/ });
  await keys.click(screen.getByRole('button', { name: 'By person' }));
  const line = await screen.findByRole('row', { name: /kea/ });
  expect(within(line).getByText('7')).toBeVisible();
  expect(within(line).getByText('2')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: /kea/, expanded: false }));
  expect(await screen.findByRole('link', { name: 'Speed up the swing' })).toBeVisible();
  expect(asked.at(-1)?.get('assignee')).toBe(kea.id);
  expect(address()).toBe(`/board?view=people&person=${kea.id}`);
});

it('the row’s menu leads to the task, for those who may change it', async () => {
  answer([dealt, someTask({ title: 'Done', status: 'finished', finishedAt: dealt.assignedAt })]);
  const { keys } = await show(<BoardPage />, page);
  await screen.findByRole('row', { name: /Done/ });
  expect(screen.queryByRole('button', { name: 'Actions on “Done”' })).toBeNull();
  await keys.click(await screen.findByRole('button', { name: 'Actions on “Speed up the swing”' }));
  expect(await screen.findByRole('menuitem', { name: 'Cancel task…' })).toBeVisible();
  await keys.click(screen.getByRole('menuitem', { name: 'Edit…' }));
  expect(address()).toBe(`/tasks/${dealt.id}`);
});

it('without tasks.distribute nothing is distributed or changed', async () => {
  answer([dealt]);
  const viewer = someUser({ permissions: ['tasks.view-all'] });
  await show(<BoardPage />, { ...page, user: viewer });
  await screen.findByRole('row', { name: /Speed up the swing/ });
  expect(screen.queryByRole('link', { name: 'Distribute…' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Actions on/ })).toBeNull();
});

it.each([
  [503, 'unavailable', /is away/],
  [500, 'internal-error', /That is a fault of ours/],
])('a list that answers %i: says so in its place, the tabs stay', async (status, type, text) => {
  answer([]);
  server.use(
    http.untyped.get('*/api/v1/tasks', () =>
      HttpResponse.json({ type, title: 'x', status, requestId: 'r-1' }, { status }),
    ),
  );
  await show(<BoardPage />, page);
  expect(await screen.findByText(text)).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Finished 41' })).toBeVisible();
});

it('on phones rows are cards, and filters a sheet with the number of results', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('max-width: 639px'),
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }));
  answer([dealt]);
  const { keys } = await show(<BoardPage />, page);
  expect(await screen.findByRole('listitem', { name: '' })).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
  await keys.click(screen.getByRole('button', { name: 'Filters' }));
  const sheet = await screen.findByRole('dialog', { name: 'Filters' });
  expect(within(sheet).getByRole('searchbox')).toBeVisible();
  await keys.click(await within(sheet).findByRole('button', { name: 'Show 2 tasks' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  vi.unstubAllGlobals();
});

it('speaks Russian', async () => {
  answer([dealt]);
  await show(<BoardPage />, page);
  await screen.findByRole('row', { name: /Speed up the swing/ });
  await changeLanguage('ru');
  expect(await screen.findByRole('button', { name: 'Без исполнителя 1' })).toBeVisible();
  expect(screen.getByRole('columnheader', { name: 'Раздач' })).toBeVisible();
  await changeLanguage('en');
});

it('a new task is asked for by its key, and shown when it is there', async () => {
  const task = someTask();
  answer([], none);
  server.use(http.post('/api/v1/tasks', ({ response }) => response(201).json(task)));
  const { keys } = await show(<BoardPage />, { ...page, texts: ['board', 'task'] });
  await screen.findByRole('button', { name: 'New task' });
  await keys.keyboard('n');
  const dialog = await screen.findByRole('dialog');
  await keys.type(await within(dialog).findByRole('textbox', { name: /^Title/ }), 'Oil the swing');
  await keys.click(within(dialog).getByRole('button', { name: 'Create task' }));
  await keys.click(await within(dialog).findByRole('button', { name: 'Open it' }));
  await waitFor(() => expect(address()).toBe(`/tasks/${task.id}`));
});
