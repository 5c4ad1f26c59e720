import { screen } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { someTask, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import type { Schemas } from '../../api/client';
import { TasksPage } from './tasks-page';

const user = someUser();
const counts = { open: 1, finished: 0, cancelled: 0, unassigned: 0 };

function answer(items: Schemas['Task'][]): void {
  server.use(
    http.get('/api/v1/tasks', ({ response }) => response(200).json({ items, next: null })),
    http.get('/api/v1/tasks/counts', ({ response }) => response(200).json(counts)),
  );
}

const page = { user, at: '/tasks', texts: ['tasks'] as const };

it('a task shows fee and reward, and is finished by two presses', async () => {
  const task = someTask({ assigneeId: user.id, assignedAt: '2026-11-26T07:00:00.000Z' });
  answer([task]);
  const { keys } = await show(<TasksPage />, page);
  expect(await screen.findByText('−$13.41')).toBeVisible();
  await keys.click(await screen.findByRole('button', { name: 'Finish +$26.82' }));
  let finished = 0;
  server.use(
    http.post('/api/v1/tasks/{id}/finish', ({ response }) => {
      finished += 1;
      return response(200).json({ ...task, status: 'finished' });
    }),
    http.get('/api/v1/accounts/me/entries', ({ response }) =>
      response(200).json({ items: [], next: null, tasksUnavailable: false }),
    ),
  );
  await keys.click(screen.getByRole('button', { name: 'Press again: finish' }));
  expect(await screen.findByText(/Finished · \+\$26\.82 on its way/)).toBeVisible();
  expect(finished).toBe(1);
});

it('nothing to do: says what will appear', async () => {
  answer([]);
  await show(<TasksPage />, page);
  expect(await screen.findByText('Nothing on you right now')).toBeVisible();
});

it('a refused finish unfolds the row and says why', async () => {
  answer([someTask({ assigneeId: user.id, assignedAt: '2026-11-26T07:00:00.000Z' })]);
  server.use(
    http.untyped.post('*/finish', () =>
      HttpResponse.json({ type: 'unavailable', title: 'Away', status: 503 }, { status: 503 }),
    ),
  );
  const { keys } = await show(<TasksPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Finish +$26.82' }));
  await keys.click(screen.getByRole('button', { name: 'Press again: finish' }));
  expect(await screen.findByText('This part of the exchange is away.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Finish +$26.82' })).toBeVisible();
});
