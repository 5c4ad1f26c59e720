import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { somePerson, someTask, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { TeamPage } from './team-page';

const kea = somePerson({ nickname: 'kea' });
const ara = somePerson({ nickname: 'ara' });
const dealtAt = '2026-11-26T07:00:00.000Z';
const page = { user: someUser({ role: 'manager' }), at: '/team', texts: ['board'] as const };

/** Answers reads; returns the query of each list that was asked for. */
function answer(isAlone = false): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  const items = [
    { userId: kea.id, open: 4, oldestAssignedAt: dealtAt, finishedInDay: 1 },
    { userId: ara.id, open: 0, oldestAssignedAt: null, finishedInDay: 3 },
  ];
  server.use(
    http.get('/api/v1/tasks/load', ({ query, response }) => {
      expect(query.get('view')).toBe('subordinates');
      return response(200).json({ items: isAlone ? [] : items });
    }),
    http.get('/api/v1/tasks', ({ request, response }) => {
      asked.push(new URL(request.url).searchParams);
      const task = someTask({ assigneeId: kea.id, assignedAt: dealtAt, assignmentNumber: 1 });
      return response(200).json({ items: isAlone ? [] : [task], next: null });
    }),
    http.get('/api/v1/tasks/counts', ({ response }) =>
      response(200).json({ open: 4, finished: 9, cancelled: 0, unassigned: 0 }),
    ),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [kea, ara], next: null }),
    ),
  );
  return asked;
}

it('shows what each person has to do and has done; a press on one filters the list', async () => {
  const asked = answer();
  const { keys } = await show(<TeamPage />, page);
  const line = await screen.findByRole('row', { name: /^kea/ });
  expect(within(line).getByText('4')).toBeVisible();
  expect(within(line).getByText('1')).toBeVisible();
  expect(within(screen.getByRole('row', { name: /^ara/ })).getByText('No open task')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Change the button' })).toBeVisible();
  expect(asked[0]?.get('view')).toBe('subordinates');
  expect(asked).toHaveLength(1);

  await keys.click(screen.getByRole('button', { name: 'kea' }));
  await waitFor(() => expect(asked.at(-1)?.get('assignee')).toBe(kea.id));
  expect(screen.getByTestId('address')).toHaveTextContent(`/team?assignee=${kea.id}`);
  expect(screen.getByRole('button', { name: 'kea' })).toHaveAttribute('aria-pressed', 'true');
  await keys.click(screen.getByRole('button', { name: 'kea' }));
  expect(screen.getByTestId('address')).toHaveTextContent('/team');
});

it('nobody reports: says who sets managers, and shows no list', async () => {
  answer(true);
  await show(<TeamPage />, page);
  expect(await screen.findByText('Nobody reports to you yet')).toBeVisible();
  expect(screen.getByText('An administrator sets managers.')).toBeVisible();
  expect(screen.queryByRole('group', { name: 'Tasks by state' })).toBeNull();
});

it('User is away: nothing here can be told, and it is tried again by itself', async () => {
  answer();
  server.use(
    http.get('/api/v1/tasks/load', ({ response }) =>
      response(503).json({ type: 'unavailable', title: 'Away', status: 503 }),
    ),
  );
  await show(<TeamPage />, page);
  expect(await screen.findByText('Who reports to you can’t be told now.')).toBeVisible();
  expect(screen.getByText(/Trying again in/)).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Their tasks' })).toBeNull();
});
