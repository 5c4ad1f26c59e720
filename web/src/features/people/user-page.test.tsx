import type { SeenUser } from '../../shared/user/queries';
import { screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { someAdmin, someGroup, someSeenUser } from '../../../test/admin-factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectForbidden, inRussian, refuse } from '../../../test/states';
import type { GroupSummary } from './queries';
import { UserPage } from './user-page';

const user = someAdmin();
const texts = ['people'] as const;
const group = someGroup();
const kea = someSeenUser({
  nickname: 'kea',
  role: 'manager',
  permissions: ['tasks.distribute', 'tasks.view-all', 'analytics.view'],
  ownPermissions: ['analytics.view'],
  groups: [{ id: group.id, name: group.name }],
  version: 3,
});

/** Answers reads with what is stored now. */
function answer(stored: { user: SeenUser }, groups: GroupSummary[] = [group]): void {
  server.use(
    http.get('/api/v1/users/{id}', ({ response }) => response(200).json(stored.user)),
    http.get('/api/v1/groups', ({ response }) => response(200).json({ items: groups, next: null })),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
}

function showUser() {
  const page = (
    <Routes>
      <Route path="/admin/users/:id" element={<UserPage />} />
    </Routes>
  );
  return show(page, { user, texts, at: `/admin/users/${kea.id}` });
}

it('the matrix says where each permission comes from, and marks those in force', async () => {
  answer({ user: kea });
  await showUser();
  const distribute = await screen.findByRole('row', { name: /Distribute tasks/ });
  await waitFor(() =>
    expect(distribute).toHaveTextContent('Distribute tasks (in force)✓yesNight shift leads'),
  );
  const analytics = screen.getByRole('row', { name: /See analytics/ });
  expect(analytics).toHaveTextContent('See analytics (in force)–no–no');
  expect(within(analytics).getByRole('checkbox')).toBeChecked();
  expect(screen.getByRole('row', { name: /Set prices/ })).toHaveTextContent('Set prices–no–no');
});

it('only own permissions are stored: those of role and groups are not granted again', async () => {
  const stored = { user: kea };
  answer(stored);
  const granted: unknown[] = [];
  server.use(
    http.put('/api/v1/users/{id}/permissions', async ({ request, response }) => {
      granted.push(await request.json(), request.headers.get('if-match'));
      stored.user = {
        ...kea,
        ownPermissions: ['prices.configure', 'analytics.view'],
        permissions: [...kea.permissions, 'prices.configure'],
        version: 4,
      };
      return response(200).json(stored.user);
    }),
  );
  const { keys } = await showUser();
  await keys.click(await screen.findByRole('checkbox', { name: 'Own: Set prices' }));
  await keys.click(screen.getByRole('button', { name: 'Save own permissions' }));
  expect(await screen.findByText('Permissions are saved')).toBeVisible();
  expect(granted).toEqual([{ permissions: ['prices.configure', 'analytics.view'] }, '"3"']);
  expect(screen.getByRole('button', { name: 'Save own permissions' })).toBeDisabled();
});

it('a field changed by somebody else: both versions; "Keep mine" sends the new version', async () => {
  const stored = { user: kea };
  answer(stored);
  const sent: (string | null)[] = [];
  server.use(
    http.patch('/api/v1/users/{id}', async ({ request, response }) => {
      sent.push(request.headers.get('if-match'));
      if (sent.length === 1) {
        stored.user = { ...kea, email: 'theirs@popug.test', nickname: 'kea2', version: 4 };
        const body = { type: 'stale-version', title: 'Stale', status: 412 };
        return response.untyped(Response.json(body, { status: 412 }));
      }
      expect(await request.json()).toEqual({ email: 'mine@popug.test' });
      stored.user = { ...stored.user, email: 'mine@popug.test', version: 5 };
      return response(200).json(stored.user);
    }),
  );
  const { keys } = await showUser();
  const email = await screen.findByLabelText(/^Email/);
  await keys.clear(email);
  await keys.type(email, 'mine@popug.test');
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  const row = await screen.findByRole('row', { name: /Email/ });
  expect(row).toHaveTextContent('Emailtheirs@popug.testmine@popug.test');
  await keys.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(sent).toEqual(['"3"', '"4"']);
  expect(screen.getByLabelText(/^Nickname/)).toHaveValue('kea2');
});

it('after a conflict what is there now can be taken', async () => {
  const stored = { user: kea };
  answer(stored);
  server.use(
    http.patch('/api/v1/users/{id}', ({ response }) => {
      stored.user = { ...kea, fullName: 'Kea Theirs', version: 4 };
      const body = { type: 'stale-version', title: 'Stale', status: 412 };
      return response.untyped(Response.json(body, { status: 412 }));
    }),
  );
  const { keys } = await showUser();
  await keys.type(await screen.findByLabelText('Full name'), 'Kea Mine');
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  await keys.click(await screen.findByRole('button', { name: 'Take what is there now' }));
  expect(screen.getByLabelText('Full name')).toHaveValue('Kea Theirs');
  expect(screen.queryByText(/Somebody changed this/)).toBeNull();
});

it('the last administrator stays one: the role says why', async () => {
  answer({ user: { ...kea, role: 'admin' } });
  refuse('patch', '/api/v1/users/*', 409, 'last-administrator');
  const { keys } = await showUser();
  await keys.selectOptions(await screen.findByLabelText('Role'), 'Employee');
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/This is the last administrator/)).toBeVisible();
  expect(screen.getByLabelText('Role')).toHaveValue('employee');
});

it('a circle of managers is said beside the field', async () => {
  answer({ user: kea });
  const boss = someSeenUser({ nickname: 'macaw' });
  server.use(
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [boss], next: null })),
  );
  refuse('patch', '/api/v1/users/*', 409, 'circle-of-managers');
  const { keys } = await showUser();
  const field = await screen.findByRole('combobox', { name: 'Manager' });
  await keys.click(field);
  await keys.click(await screen.findByRole('option', { name: 'macaw' }));
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('This person would become their own manager.')).toBeVisible();
  expect(field).toHaveAccessibleDescription(/their own manager/);
});

it('deactivating says what follows, and is not shown before the answer', async () => {
  answer({ user: kea });
  refuse('post', '/api/v1/users/*/deactivate', 409, 'last-administrator');
  const { keys } = await showUser();
  await keys.click(await screen.findByRole('button', { name: 'Deactivate' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Open tasks stay until the next distribution');
  expect(dialog).toHaveTextContent('What was earned is still paid.');
  await keys.click(within(dialog).getByRole('button', { name: 'Deactivate' }));
  expect(await within(dialog).findByText(/This is the last administrator/)).toBeVisible();
  expect(screen.getByText('✓ Active')).toBeInTheDocument();
});

it('a new beak shape is set by those who manage people, not for oneself', async () => {
  answer({ user: kea });
  const shapes: unknown[] = [];
  server.use(
    http.post('/api/v1/users/{id}/beak-shape', async ({ request, response }) => {
      shapes.push(await request.json());
      return response(204).empty();
    }),
  );
  const { keys, unmount } = await showUser();
  await keys.click(await screen.findByRole('button', { name: 'Set a new beak shape' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/^Beak shape/), 'curved-yellow');
  await keys.click(within(dialog).getByRole('button', { name: 'Set a new beak shape' }));
  expect(await screen.findByText('kea has a new beak shape')).toBeVisible();
  expect(shapes).toEqual([{ beakShape: 'curved-yellow' }]);
  unmount();
  answer({ user: { ...kea, id: user.id } });
  await showUser();
  expect(await screen.findByText('You change your own beak shape in your settings.')).toBeVisible();
});

it('groups are away: the page stays, and says what it cannot tell', async () => {
  answer({ user: kea });
  refuse('get', '/api/v1/groups', 503, 'unavailable');
  await showUser();
  expect(await screen.findByText('What groups give can’t be told now.')).toBeVisible();
  expect(screen.getByLabelText(/^Nickname/)).toHaveValue('kea');
});

it('nobody of this id, and a service that is away', async () => {
  refuse('get', '/api/v1/users/*', 404, 'not-found');
  const { unmount } = await showUser();
  expect(await screen.findByText(/This is not there/)).toBeVisible();
  unmount();
  refuse('get', '/api/v1/users/*', 503, 'unavailable');
  await showUser();
  await expectAway('Person');
});

it('is for those who manage people', async () => {
  await expectForbidden(<UserPage />, 'users.manage', texts);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer({ user: kea });
    await showUser();
    expect(await screen.findByRole('heading', { name: 'Права' })).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Личное право: Задавать цены' })).toBeVisible();
  });
});
