import { screen, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { newId, someTask, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import type { Schemas } from '../../api/client';
import { changeLanguage } from '../../i18n/texts';
import { useFinishing } from './use-finishing';
import { WithTaskPanel } from './with-task-panel';

type Task = Schemas['Task'];

const user = someUser();
const close = vi.fn();

/** A page of tasks with one of them open. */
function Page({ id }: { id: string }) {
  const finishing = useFinishing();
  return (
    <WithTaskPanel id={id} finishing={finishing} onClose={close}>
      {() => <h1>The list</h1>}
    </WithTaskPanel>
  );
}

const ara = { id: newId(), nickname: 'ara', role: 'employee', status: 'active' } as const;

function answer(task: Task, assignments: Schemas['Assignment'][] = []): void {
  server.use(
    http.get('/api/v1/tasks/{id}', ({ response }) => response(200).json(task)),
    http.get('/api/v1/tasks/{id}/assignments', ({ response }) =>
      response(200).json({ items: assignments, next: null }),
    ),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [ara], next: null })),
  );
}

/** Answers edits: those based on another version are refused. Returns what came. */
function answerEdits(task: Task): { ifMatch: string | null; body: unknown }[] {
  const edits: { ifMatch: string | null; body: unknown }[] = [];
  server.use(
    http.patch('/api/v1/tasks/{id}', async ({ request, response }) => {
      const ifMatch = request.headers.get('if-match');
      edits.push({ ifMatch, body: await request.json() });
      if (ifMatch !== `"${task.version}"`) {
        const stale = { type: 'stale-version', title: 'Changed meanwhile', status: 412 };
        return response.untyped(HttpResponse.json(stale, { status: 412 }));
      }
      return response(200).json({ ...task, version: task.version + 1 });
    }),
  );
  return edits;
}

const texts = ['task'] as const;
const opened = (task: Task, who = user, at = `/tasks/${task.id}`) =>
  show(<Page id={task.id} />, { user: who, at, texts });

const ownTask = (more: Partial<Task> = {}): Task =>
  someTask({ createdBy: user.id, description: 'It squeaks', version: 3, ...more });

it('says what the task is worth, who has it, and its story', async () => {
  const task = someTask({ assigneeId: ara.id, assignmentNumber: 2, createdBy: ara.id });
  const at = '2026-11-25T09:00:00.000Z';
  answer(task, [
    { number: 2, userId: ara.id, distributionId: newId(), assignedAt: at },
    { number: 1, userId: ara.id, distributionId: null, assignedAt: at },
  ]);
  await opened(task);
  expect(await screen.findByRole('heading', { name: 'Change the button' })).toBeVisible();
  expect(screen.getByText('50% of the price, each time it is dealt')).toBeVisible();
  expect(screen.getByText('100% of the price, to whoever finishes it')).toBeVisible();
  expect(await screen.findByText('Assignee: ara')).toBeVisible();
  const story = (await screen.findByText(/2nd time/)).closest('ol')!;
  expect(within(story).getAllByRole('listitem')[0]).toHaveTextContent(
    /Dealt the 1st time, to ara .*at once, when it was created/,
  );
  expect(within(story).getAllByRole('listitem')[1]).toHaveTextContent(/by distribution #0192…/);
});

it('no task, or not mine to see', async () => {
  const task = someTask();
  answer(task);
  server.use(
    http.untyped.get('*/api/v1/tasks/:id', () =>
      HttpResponse.json({ type: 'not-found', title: 'No', status: 404 }, { status: 404 }),
    ),
  );
  await opened(task);
  const missing = 'There is no such task, or it is not yours to see.';
  expect(await screen.findByRole('heading', { name: missing })).toBeVisible();
});

it('a dealt task is no longer its creator’s to change', async () => {
  const task = ownTask({ assigneeId: ara.id, assignmentNumber: 1 });
  answer(task);
  await opened(task);
  await screen.findByText('It squeaks');
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Cancel task' })).toBeNull();
});

it('is edited in place, and only what was changed is sent', async () => {
  const task = ownTask();
  answer(task);
  const edits = answerEdits(task);
  const { keys } = await opened(task);
  await keys.click(await screen.findByRole('button', { name: 'Edit' }));
  const title = screen.getByRole('textbox', { name: 'Title' });
  expect(title).toHaveFocus();
  expect(title).toHaveValue('[POPUG-144] Change the button');
  await keys.clear(title);
  await keys.type(title, '[[POPUG-9] Paint the button');
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('button', { name: 'Edit' });
  expect(edits).toEqual([{ ifMatch: '"3"', body: { title: '[POPUG-9] Paint the button' } }]);
});

it('somebody was faster: both versions side by side, and mine on top of theirs', async () => {
  const task = ownTask();
  answer(task);
  const theirs = { ...task, title: 'Move the button', version: 4 };
  const edits = answerEdits(theirs);
  const { keys } = await opened(task);
  await keys.click(await screen.findByRole('button', { name: 'Edit' }));
  await keys.type(screen.getByRole('textbox', { name: 'Title' }), ' twice');
  answer(theirs);
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  const versions = await screen.findByRole('table', { name: 'Both versions' });
  expect(within(versions).getByText('[POPUG-144] Move the button')).toBeVisible();
  expect(within(versions).getByText('[POPUG-144] Change the button twice')).toBeVisible();
  expect(within(versions).queryByText('Description')).toBeNull();
  await keys.click(screen.getByRole('button', { name: 'Keep mine' }));
  await screen.findByRole('button', { name: 'Edit' });
  const body = { title: '[POPUG-144] Change the button twice' };
  expect(edits).toEqual([
    { ifMatch: '"3"', body },
    { ifMatch: '"4"', body },
  ]);
});

it('cancelling asks, and says that fees stay paid', async () => {
  const task = ownTask({ assigneeId: ara.id, assignmentNumber: 1 });
  answer(task);
  const { keys } = await opened(task, someUser({ permissions: ['tasks.distribute'] }));
  await keys.click(await screen.findByRole('button', { name: 'Cancel task' }));
  expect(await screen.findByText('Fees paid for it stay paid.')).toBeVisible();
  const cancelled = { ...task, status: 'cancelled' as const };
  server.use(
    http.post('/api/v1/tasks/{id}/cancel', ({ response }) => {
      answer(cancelled);
      return response(200).json(cancelled);
    }),
  );
  await keys.click(screen.getByRole('button', { name: 'Cancel the task' }));
  expect(await screen.findByText('Cancelled: Change the button')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Cancel task' })).toBeNull();
});

it('a refused cancel shows the task as it is', async () => {
  const task = ownTask();
  answer(task);
  server.use(
    http.untyped.post('*/cancel', () => {
      answer({ ...task, status: 'finished', finishedAt: task.createdAt, assigneeId: ara.id });
      return HttpResponse.json(
        { type: 'task-finished', title: 'Finished', status: 409 },
        { status: 409 },
      );
    }),
  );
  const { keys } = await opened(task);
  await keys.click(await screen.findByRole('button', { name: 'Cancel task' }));
  await keys.click(await screen.findByRole('button', { name: 'Cancel the task' }));
  expect(await screen.findByText('This task was finished already.')).toBeVisible();
  expect(await screen.findByText('Finished')).toBeVisible();
});

it('is a screen of its own without room, and Escape goes back', async () => {
  const task = ownTask();
  answer(task);
  const { keys } = await opened(task);
  await screen.findByRole('heading', { level: 1, name: 'Change the button' });
  expect(screen.queryByText('The list')).toBeNull();
  await keys.keyboard('{Escape}');
  expect(close).toHaveBeenCalledOnce();
});

it('stands beside the list where there is room', async () => {
  const task = ownTask();
  answer(task);
  vi.spyOn(globalThis, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: query.includes('min-width'),
        addEventListener() {},
        removeEventListener() {},
      }) as never,
  );
  await opened(task);
  await screen.findByRole('heading', { level: 2, name: 'Change the button' });
  expect(screen.getByText('The list')).toBeVisible();
});

it('in Russian', async () => {
  const task = ownTask();
  answer(task);
  await changeLanguage('ru');
  await opened(task, someUser({ ...user, locale: 'ru' }));
  expect(await screen.findByText('50 % цены при каждой раздаче')).toBeVisible();
  await changeLanguage('en');
});
