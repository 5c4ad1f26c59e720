import type { SeenUser } from '../../shared/user/queries';
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someAdmin, someSeenUser } from '../../../test/admin-factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { UsersPage } from './users-page';

const user = someAdmin();
const manager = someSeenUser({ nickname: 'macaw', role: 'manager' });
const page = { user, at: '/admin/users', texts: ['people'] as const };

function answer(items: SeenUser[]): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/v1/users', ({ request, response }) => {
      asked.push(new URL(request.url).searchParams);
      return response(200).json({ items, next: null });
    }),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [manager], next: null }),
    ),
  );
  return asked;
}

it('people are listed with role, manager, and the step that is missing', async () => {
  answer([
    someSeenUser({ nickname: 'kea', managerId: manager.id }),
    someSeenUser({
      nickname: 'lori',
      status: 'inactive',
      activation: { credentialsSet: false, accountOpened: true },
    }),
    someSeenUser({ nickname: 'gosha', status: 'inactive', awaitsApproval: true }),
  ]);
  await show(<UsersPage />, page);
  const rows = await screen.findAllByRole('row');
  expect(rows[1]).toHaveTextContent('kea');
  await waitFor(() => expect(rows[1]).toHaveTextContent('macaw'));
  expect(rows[1]).toHaveTextContent('✓ Active');
  expect(rows[2]).toHaveTextContent('… Inactive · registered 12 Nov, ');
  expect(rows[2]).toHaveTextContent('no beak shape yet');
  expect(rows[2]).not.toHaveTextContent('account not opened');
  expect(rows[3]).toHaveTextContent('… Waits for approval');
  expect(screen.getByRole('button', { name: 'Let in: gosha' })).toBeVisible();
});

it('filters are in the address and in the request; typing waits for a pause', async () => {
  const asked = answer([someSeenUser()]);
  const { keys } = await show(<UsersPage />, page);
  await keys.selectOptions(await screen.findByLabelText('Role'), 'Manager');
  expect(screen.getByTestId('address')).toHaveTextContent('/admin/users?role=manager');
  await keys.type(screen.getByLabelText('Nickname or email'), 'mac');
  await waitFor(() => expect(asked.at(-1)?.get('q')).toBe('mac'));
  expect(asked.some((query) => query.get('q') === 'm')).toBe(false);
  expect(asked.at(-1)?.get('role')).toBe('manager');
  await keys.click(screen.getByRole('button', { name: 'Remove the filter “Manager”' }));
  expect(screen.getByTestId('address')).toHaveTextContent(/\?q=mac$/);
});

it('nobody matches: the filters are cleared by one press', async () => {
  answer([]);
  const at = '/admin/users?status=deactivated&awaits=true&role=parrot';
  const { keys } = await show(<UsersPage />, { ...page, at });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  await keys.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!);
  expect(screen.getByTestId('address')).toHaveTextContent(/^\/admin\/users$/);
});

it('nobody at all: says how people get here', async () => {
  answer([]);
  await show(<UsersPage />, page);
  expect(await screen.findByText('Nobody is here yet')).toBeVisible();
});

it('an error is a card, an absence a strip', async () => {
  refuse('get', '/api/v1/users', 500, 'internal-error');
  const { unmount } = await show(<UsersPage />, page);
  await expectError();
  unmount();
  refuse('get', '/api/v1/users', 503, 'unavailable');
  await show(<UsersPage />, page);
  await expectAway('People');
});

it('is for those who manage people', async () => {
  await expectForbidden(<UsersPage />, 'users.manage', ['people']);
});

it('a new person with a taken nickname: the field says so, what was typed stays', async () => {
  answer([]);
  refuse('post', '/api/v1/users', 409, 'nickname-taken');
  const { keys } = await show(<UsersPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'New person' }));
  await keys.type(await screen.findByLabelText(/^Nickname \*/), 'kea');
  await keys.type(screen.getByLabelText(/^Email/), 'kea@popug.test');
  await keys.type(screen.getByLabelText(/^Bank account/), '40817810099910004312');
  await keys.click(screen.getByRole('button', { name: 'Register' }));
  expect(await screen.findByText('This nickname is taken.')).toBeVisible();
  expect(screen.getByLabelText(/^Nickname \*/)).toHaveAccessibleDescription(/taken/);

  const registered: unknown[] = [];
  server.use(
    http.post('/api/v1/users', async ({ request, response }) => {
      registered.push(await request.json());
      return response(201).json(someSeenUser({ nickname: 'kea2' }));
    }),
  );
  await keys.type(screen.getByLabelText(/^Nickname \*/), '2');
  await keys.click(screen.getByRole('button', { name: 'Register' }));
  await waitFor(() =>
    expect(screen.getByTestId('address')).toHaveTextContent(/users\/[0-9a-f-]+$/),
  );
  expect(registered).toEqual([
    {
      id: expect.any(String),
      nickname: 'kea2',
      email: 'kea@popug.test',
      bankAccount: '40817810099910004312',
      locale: 'en',
    },
  ]);
});

it('somebody who waits for approval is let in after a question', async () => {
  const gosha = someSeenUser({ nickname: 'gosha', status: 'inactive', awaitsApproval: true });
  answer([gosha]);
  let letIn = 0;
  server.use(
    http.post('/api/v1/users/{id}/activate', ({ response }) => {
      letIn += 1;
      return response(200).json({ ...gosha, awaitsApproval: false });
    }),
  );
  const { keys } = await show(<UsersPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Let in: gosha' }));
  expect(await screen.findByText('Let gosha in?')).toBeVisible();
  expect(letIn).toBe(0);
  await keys.click(screen.getByRole('button', { name: 'Let in' }));
  expect(await screen.findByText('gosha is let in')).toBeVisible();
  expect(letIn).toBe(1);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer([someSeenUser({ role: 'accountant' })]);
    await show(<UsersPage />, page);
    expect(await screen.findByRole('heading', { name: 'Люди' })).toBeVisible();
    expect((await screen.findAllByRole('row'))[1]).toHaveTextContent('Бухгалтерникто✓ Активен');
  });
});
