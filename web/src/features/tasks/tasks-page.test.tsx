import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { someTask, someUser, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { hint } from '../../../test/states';
import type { Schemas } from '../../api/client';
import { changeLanguage } from '../../i18n/texts';
import { TasksPage } from './tasks-page';

type Task = Schemas['Task'];

const user = someUser();
const AWAY = { type: 'unavailable', title: 'Away', status: 503 };
const page = { user, at: '/tasks', texts: ['tasks', 'task'] as const };
/** The announcement gathers for two seconds. */
const GATHERED = { timeout: 4_000 };

const pages = (
  <Routes>
    <Route path="/tasks" element={<TasksPage />} />
    <Route path="/tasks/:id" element={<TasksPage />} />
    <Route path="*" element={null} />
  </Routes>
);

const mine = (more: Partial<Task> = {}): Task =>
  someTask({
    assigneeId: user.id,
    assignedAt: '2026-11-26T07:00:00.000Z',
    assignmentNumber: 1,
    ...more,
  });

function answer(items: Task[]): void {
  const counts = { open: items.length, finished: 0, cancelled: 0, unassigned: 0 };
  server.use(
    http.get('/api/v1/tasks', ({ response }) => response(200).json({ items, next: null })),
    http.get('/api/v1/tasks/counts', ({ response }) => response(200).json(counts)),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
}

/** Answers a finish; returns the idempotency keys that came. */
function answerFinish(task: Task): string[] {
  const keys: string[] = [];
  server.use(
    http.post('/api/v1/tasks/{id}/finish', ({ request, response }) => {
      keys.push(request.headers.get('idempotency-key') ?? '');
      answer([]);
      return response(200).json({ ...task, status: 'finished' });
    }),
  );
  return keys;
}

function answerRewards(...taskIds: string[]): void {
  const items = taskIds.map((taskId) => ({ taskId })) as Schemas['Entry'][];
  server.use(
    http.get('/api/v1/accounts/me/entries', ({ response }) =>
      response(200).json({ items, next: null, tasksUnavailable: false }),
    ),
  );
}

const finishButton = () => screen.findByRole('button', { name: 'Finish +$26.82' });

it('a task shows fee and reward, is finished by two presses, and its reward arrives', async () => {
  const task = mine();
  answer([task]);
  const { keys } = await show(pages, page);
  expect(await screen.findByText('−$13.41')).toBeVisible();
  expect(screen.getByText('Rewards waiting: $26.82 for 1 task')).toBeVisible();
  await keys.click(await finishButton());
  const sent = answerFinish(task);
  answerRewards();
  await keys.click(screen.getByRole('button', { name: 'Press again: finish' }));
  const table = screen.getByRole('table');
  expect(await within(table).findByText(/Finished · \+\$26\.82 on its way/)).toBeVisible();
  await waitFor(() => expect(screen.queryByText(/Rewards waiting/)).toBeNull());
  answerRewards(task.id);
  hint('entry');
  expect(await within(table).findByText(/Finished · \+\$26\.82 in your balance/)).toBeVisible();
  expect(sent).toHaveLength(1);
});

it('f arms the first row from anywhere, Escape disarms, f and f send', async () => {
  const [task, other] = [mine(), mine({ assignedAt: '2026-11-25T07:00:00.000Z' })];
  answer([task, other]);
  const { keys } = await show(pages, page);
  await screen.findByRole('table');
  await keys.keyboard('f');
  const armed = await screen.findByRole('button', { name: 'Press again: finish' });
  expect(armed.closest('tr')).toHaveFocus();
  await keys.keyboard('{Escape}');
  expect(screen.queryByRole('button', { name: 'Press again: finish' })).toBeNull();
  const sent = answerFinish(task);
  answerRewards();
  await keys.keyboard('ff');
  expect(await screen.findByText(/Finished · \+\$26\.82 on its way/)).toBeVisible();
  expect(sent).toHaveLength(1);
});

it('a refused finish unfolds the row, says why, is tried again under the same key', async () => {
  const task = mine();
  answer([task]);
  const refused: string[] = [];
  server.use(
    http.untyped.post('*/finish', ({ request }) => {
      refused.push(request.headers.get('idempotency-key') ?? '');
      return HttpResponse.json(AWAY, { status: 503 });
    }),
  );
  const { keys } = await show(pages, page);
  await keys.click(await finishButton());
  await keys.click(screen.getByRole('button', { name: 'Press again: finish' }));
  expect(await screen.findByText('This part of the exchange is away.')).toBeVisible();
  expect(screen.getByText('Not finished: Change the button')).toBeVisible();
  expect(await finishButton()).toBeVisible();
  const sent = answerFinish(task);
  answerRewards();
  await keys.click(screen.getByRole('button', { name: 'Try again' }));
  const table = screen.getByRole('table');
  expect(await within(table).findByText(/Finished · \+\$26\.82 on its way/)).toBeVisible();
  expect(sent).toEqual(refused);
});

it('tasks that land are marked and told once', async () => {
  const before = mine({ title: 'Was there' });
  answer([before]);
  await show(pages, page);
  await screen.findByText('Was there');
  const landed = [
    mine({ title: 'Landed', fee: usd(1_216), assignedAt: '2026-11-26T08:00:00.000Z' }),
    mine({ title: 'Landed too', assignedAt: '2026-11-26T08:00:00.000Z' }),
  ];
  answer([...landed, before]);
  hint('task');
  expect(await screen.findByText('Landed too')).toBeVisible();
  expect(screen.getAllByText('New')).toHaveLength(2);
  const said = await screen.findByText('2 tasks landed on you, fees $25.57', {}, GATHERED);
  expect(said).toHaveAttribute('role', 'status');
});

it('tasks that a filter brings to sight did not land', async () => {
  answer([]);
  const { keys } = await show(pages, { ...page, at: '/tasks?q=swing' });
  await screen.findByText('Nothing matches these filters.');
  answer([mine()]);
  await keys.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await finishButton()).toBeVisible();
  expect(screen.queryByText('New')).toBeNull();
});

it('nothing to do: says what will appear', async () => {
  answer([]);
  await show(pages, page);
  expect(await screen.findByText('Nothing on you right now')).toBeVisible();
});

it('nothing to do for a manager: leads to the board', async () => {
  answer([]);
  const manager = someUser({ role: 'manager', permissions: ['tasks.view-all'] });
  await show(pages, { ...page, user: manager });
  expect(await screen.findByText('Tasks are never dealt to you.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to the board' })).toHaveAttribute('href', '/board');
});

it('typing searches after a pause, and the address keeps it', async () => {
  answer([mine()]);
  const { keys } = await show(pages, page);
  await keys.type(await screen.findByRole('searchbox'), 'swing');
  await waitFor(() => expect(screen.getByTestId('address')).toHaveTextContent('/tasks?q=swing'));
});

it('own creations: others finish them, fees are none of mine', async () => {
  answer([someTask({ title: 'Mine to write', createdBy: user.id })]);
  await show(pages, { ...page, at: '/tasks?created=true' });
  expect(await screen.findByText('Waits for a distribution')).toBeVisible();
  expect(screen.queryByText('−$13.41')).toBeNull();
  expect(screen.queryByRole('button', { name: /Finish \+/ })).toBeNull();
});

it('the board is away: the balance shows all the same', async () => {
  answer([]);
  server.use(
    http.untyped.get('/api/v1/tasks', () =>
      HttpResponse.json(AWAY, { status: 503, headers: { 'retry-after': '4' } }),
    ),
  );
  await show(pages, page);
  expect(await screen.findByText(/away. Trying again in 4 s/)).toBeVisible();
  expect(await screen.findByText(/Balance −\$134\.44/)).toBeVisible();
});

it('a fault of ours: a card with the request id', async () => {
  answer([]);
  server.use(
    http.untyped.get('/api/v1/tasks', () =>
      HttpResponse.json(
        { type: 'internal-error', title: 'Oh', status: 500, requestId: 'r-1' },
        { status: 500 },
      ),
    ),
  );
  await show(pages, page);
  expect(await screen.findByText('Request id r-1')).toBeVisible();
});

it('the account is away: tasks show, the foot says so', async () => {
  answer([mine()]);
  await show(
    <>
      <AccountAway />
      {pages}
    </>,
    page,
  );
  expect(await screen.findByText('Your balance can’t be told now.')).toBeVisible();
  expect(await finishButton()).toBeVisible();
});

/** Replaces the account that `show` answers with, before anything asks for it. */
function AccountAway() {
  server.use(
    http.untyped.get('/api/v1/accounts/me', () => HttpResponse.json(AWAY, { status: 503 })),
  );
  return null;
}

it('in Russian', async () => {
  answer([mine({ assignmentNumber: 4 })]);
  await changeLanguage('ru');
  await show(pages, { ...page, user: { ...user, locale: 'ru' } });
  expect(await screen.findByRole('button', { name: /Завершить \+26,82/ })).toBeVisible();
  expect(screen.getByText(/4-я раздача/)).toBeVisible();
  await changeLanguage('en');
});
