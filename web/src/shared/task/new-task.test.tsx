import { screen } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { someTask, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { NewTask } from './new-task';

const open = vi.fn();
const texts = ['task'] as const;
const dialog = <NewTask onOpen={open} onClose={() => undefined} />;
const field = () => screen.findByRole('textbox', { name: 'Title' });
const create = () => screen.getByRole('button', { name: 'Create task' });

it('splits the Jira id off live, and shows the price that was drawn', async () => {
  const bodies: object[] = [];
  const task = someTask();
  server.use(
    http.post('/api/v1/tasks', async ({ request, response }) => {
      bodies.push(await request.json());
      return response(201).json(task);
    }),
  );
  const { keys } = await show(dialog, { texts });
  await keys.type(await field(), '[[POPUG-144] Change the button');
  expect(screen.getByText('Change the button').parentElement).toHaveTextContent(
    'Jira id POPUG-144 · title Change the button',
  );
  expect(screen.queryByRole('checkbox')).toBeNull();
  await keys.click(create());
  expect(await screen.findByText('Task created')).toBeVisible();
  expect(screen.getByText('It waits for the next distribution.')).toBeVisible();
  expect(screen.getAllByText(/\$26\.82/)).toHaveLength(2);
  expect(bodies).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      title: '[POPUG-144] Change the button',
      description: null,
      deal: false,
    },
  ]);
  await keys.click(screen.getByRole('button', { name: 'Open it' }));
  expect(open).toHaveBeenCalledWith(task);
});

it('deals at once where one may', async () => {
  const user = someUser({ permissions: ['tasks.distribute'] });
  const bodies: { deal?: boolean }[] = [];
  server.use(
    http.post('/api/v1/tasks', async ({ request, response }) => {
      bodies.push(await request.json());
      return response(201).json(someTask({ assigneeId: user.id, assignmentNumber: 1 }));
    }),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [{ ...user, nickname: 'ara' }], next: null }),
    ),
  );
  const { keys } = await show(dialog, { texts, user });
  await keys.type(await field(), 'Change the button');
  await keys.click(screen.getByRole('checkbox', { name: 'Deal it at once' }));
  await keys.click(create());
  expect(await screen.findByText('It landed on ara.')).toBeVisible();
  expect(bodies).toMatchObject([{ deal: true }]);
});

it('no price can be drawn: the text is kept, the next try has the same id and key', async () => {
  const tries: unknown[] = [];
  server.use(
    http.untyped.post('*/api/v1/tasks', async ({ request }) => {
      const { id } = (await request.json()) as { id: string };
      tries.push({ id, key: request.headers.get('idempotency-key') });
      return HttpResponse.json(
        { type: 'unavailable', title: 'Away', status: 503 },
        { status: 503 },
      );
    }),
  );
  const { keys } = await show(dialog, { texts });
  await keys.type(await field(), 'Change the button');
  await keys.click(create());
  const kept = 'Prices can’t be drawn now; your text is kept.';
  expect(await screen.findByText(kept)).toBeVisible();
  expect(await field()).toHaveValue('Change the button');
  await keys.click(create());
  await vi.waitFor(() => expect(tries).toHaveLength(2));
  expect(tries[1]).toEqual(tries[0]);
});

it('a fault of a field stands beside it', async () => {
  const errors = [{ pointer: '/title', detail: 'has a bracket', code: 'bracket' }];
  server.use(
    http.untyped.post('*/api/v1/tasks', () =>
      HttpResponse.json(
        { type: 'bad-request', title: 'Bad', status: 400, errors },
        { status: 400 },
      ),
    ),
  );
  const { keys } = await show(dialog, { texts });
  await keys.type(await field(), 'Change [[the] button');
  expect(screen.getByText('Brackets are for a Jira id in front only')).toBeVisible();
  await keys.click(create());
  expect(await screen.findByText(/A bracket belongs to no Jira id/)).toBeVisible();
  expect(await field()).toBeInvalid();
});
