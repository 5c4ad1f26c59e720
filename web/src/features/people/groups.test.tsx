import { screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { someAdmin, someGroup, someSeenUser } from '../../../test/admin-factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { GroupPage } from './group-page';
import { GroupsPage } from './groups-page';
import type { Group } from './queries';

const user = someAdmin();
const texts = ['people'] as const;
const kea = someSeenUser({ nickname: 'kea' });
const lori = someSeenUser({ nickname: 'lori' });

function showPages(at: string) {
  const pages = (
    <Routes>
      <Route path="/admin/groups" element={<GroupsPage />} />
      <Route path="/admin/groups/:id" element={<GroupPage />} />
    </Routes>
  );
  return show(pages, { user, texts, at });
}

function answer(stored: { group: Group }): void {
  server.use(
    http.get('/api/v1/groups', ({ response }) =>
      response(200).json({ items: [stored.group], next: null }),
    ),
    http.get('/api/v1/groups/{id}', ({ response }) => response(200).json(stored.group)),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [kea, lori], next: null }),
    ),
  );
}

const leads = someGroup({
  permissions: ['tasks.distribute', 'analytics.view'],
  memberCount: 1,
  members: [kea.id],
  version: 2,
});
const address = `/admin/groups/${leads.id}`;

it('groups are listed with how many people get what', async () => {
  answer({ group: leads });
  await showPages('/admin/groups');
  const rows = await screen.findAllByRole('row');
  expect(rows[1]).toHaveTextContent('Night shift leads1 persondistribute tasks and see analytics');
});

it('no groups: says what they are for; a new one is created and opened', async () => {
  const stored = { group: leads };
  answer(stored);
  const created: unknown[] = [];
  server.use(
    http.get('/api/v1/groups', ({ response }) => response(200).json({ items: [], next: null })),
    http.post('/api/v1/groups', async ({ request, response }) => {
      created.push(await request.json());
      return response(201).json(leads);
    }),
  );
  const { keys } = await showPages('/admin/groups');
  expect(await screen.findByText('No groups yet')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'New group' }));
  await keys.type(await screen.findByLabelText(/^Name/), 'Analysts');
  await keys.click(screen.getByRole('checkbox', { name: 'See analytics' }));
  await keys.click(screen.getByRole('button', { name: 'Create' }));
  await waitFor(() =>
    expect(screen.getByTestId('address')).toHaveTextContent(/groups\/[0-9a-f-]+/),
  );
  const permissions = ['analytics.view'];
  expect(created).toEqual([{ id: expect.any(String), name: 'Analysts', permissions }]);
});

it('the name of a new group is taken: the field says so', async () => {
  answer({ group: leads });
  refuse('post', '/api/v1/groups', 409, 'name-taken');
  const { keys } = await showPages('/admin/groups');
  await keys.click(await screen.findByRole('button', { name: 'New group' }));
  await keys.type(await screen.findByLabelText(/^Name/), 'Night shift leads');
  await keys.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('This name is taken.')).toBeVisible();
});

it('a member is shown at once, and taken back when refused', async () => {
  answer({ group: leads });
  let refuseNow: (() => void) | undefined;
  const refused = new Promise<void>((resolve) => (refuseNow = resolve));
  server.use(
    http.put('/api/v1/groups/{id}/members/{userId}', async ({ response }) => {
      await refused;
      const body = { type: 'too-many-members', title: 'Full', status: 409 };
      return response.untyped(Response.json(body, { status: 409 }));
    }),
  );
  const { keys } = await showPages(address);
  await keys.click(await screen.findByRole('combobox', { name: 'Add a person' }));
  await keys.click(await screen.findByRole('option', { name: 'lori' }));
  const members = screen.getByRole('list', { name: 'Members' });
  expect(await within(members).findByText('lori')).toBeVisible();
  expect(screen.getByText('Members · 2 people')).toBeVisible();
  refuseNow?.();
  expect(await screen.findByText('Not added: lori')).toBeVisible();
  expect(screen.getByText('This group is full.')).toBeVisible();
  expect(within(members).queryByText('lori')).toBeNull();
  expect(screen.getByText('Members · 1 person')).toBeVisible();
});

it('a member is removed by one press', async () => {
  const stored = { group: leads };
  answer(stored);
  server.use(
    http.delete('/api/v1/groups/{id}/members/{userId}', ({ response }) => {
      stored.group = { ...leads, members: [], memberCount: 0 };
      return response(204).empty();
    }),
  );
  const { keys } = await showPages(address);
  await keys.click(await screen.findByRole('button', { name: 'Remove kea' }));
  expect(await screen.findByText('Nobody is in this group yet.')).toBeVisible();
});

it('somebody who is a member already is not added again', async () => {
  answer({ group: leads });
  const { keys } = await showPages(address);
  await keys.click(await screen.findByRole('combobox', { name: 'Add a person' }));
  await keys.click(await screen.findByRole('option', { name: 'kea' }));
  expect(await screen.findByText('kea is a member already.')).toBeVisible();
});

it('deleting names how many people lose what, of the version that was shown', async () => {
  answer({ group: { ...leads, memberCount: 12 } });
  let asked = 0;
  server.use(
    http.get('/api/v1/groups/{id}', ({ response }) => {
      asked += 1;
      return response(200).json({ ...leads, memberCount: 12 });
    }),
  );
  const sent: (string | null)[] = [];
  server.use(
    http.delete('/api/v1/groups/{id}', ({ request, response }) => {
      sent.push(request.headers.get('if-match'));
      return response(204).empty();
    }),
  );
  const { keys } = await showPages(address);
  await keys.click(await screen.findByRole('button', { name: 'Delete the group' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('12 people lose: distribute tasks and see analytics.');
  await keys.click(within(dialog).getByRole('button', { name: 'Delete the group' }));
  await waitFor(() => expect(screen.getByTestId('address')).toHaveTextContent(/^\/admin\/groups$/));
  expect(sent).toEqual(['"2"']);
  expect(await screen.findByText('The group is deleted')).toBeVisible();
  // What is gone is not asked for again.
  expect(asked).toBe(1);
});

it('permissions of a group changed meanwhile: both versions', async () => {
  const stored = { group: leads };
  answer(stored);
  server.use(
    http.put('/api/v1/groups/{id}/permissions', ({ response }) => {
      stored.group = { ...leads, permissions: ['prices.configure'], version: 3 };
      const body = { type: 'stale-version', title: 'Stale', status: 412 };
      return response.untyped(Response.json(body, { status: 412 }));
    }),
  );
  const { keys } = await showPages(address);
  await keys.click(await screen.findByRole('checkbox', { name: 'See analytics' }));
  await keys.click(screen.getByRole('button', { name: 'Save permissions' }));
  const row = await screen.findByRole('row', { name: /^Permissions/ });
  expect(row).toHaveTextContent('Permissionsset pricesdistribute tasks');
});

it('an error is a card, an absence a strip', async () => {
  refuse('get', '/api/v1/groups', 500, 'internal-error');
  const { unmount } = await showPages('/admin/groups');
  await expectError();
  unmount();
  refuse('get', '/api/v1/groups/*', 503, 'unavailable');
  await showPages(address);
  await expectAway('Group');
});

it('is for those who manage people', async () => {
  await expectForbidden(<GroupsPage />, 'users.manage', texts);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer({ group: { ...leads, memberCount: 3 } });
    const { keys } = await showPages(address);
    expect(await screen.findByText('Состав · 3 человека')).toBeVisible();
    await keys.click(screen.getByRole('button', { name: 'Удалить группу' }));
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      '3 человека лишатся прав: раздавать задачи и видеть аналитику.',
    );
  });
});
