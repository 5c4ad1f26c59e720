import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { Route, Routes, useLocation } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { someSeenUser } from '../../../test/admin-factories';
import { newId, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { readPreference } from '../../lib/preferences';
import { SettingsPage } from './settings-page';

const texts = ['settings', 'bankAccount'] as const;
const user = someUser();
const at = '2026-11-26T08:00:00.000Z';
const session = (address: string, current: boolean) => ({
  ...{ id: newId(), address, createdAt: at, lastUsedAt: at, expiresAt: at, current },
});
const [here, elsewhere] = [session('127.0.0.1', true), session('203.0.113.7', false)];

beforeEach(() =>
  server.use(
    http.get('/api/v1/users/{id}', ({ response }) =>
      response(200).json(someSeenUser({ ...user, version: 7 })),
    ),
    http.get('/api/v1/sessions', ({ response }) =>
      response(200).json({ items: [here, elsewhere], next: null }),
    ),
  ),
);

it('density and keys are kept by this browser', async () => {
  const { keys } = await show(<SettingsPage />, { texts, user });
  await keys.click(await screen.findByRole('button', { name: 'Compact' }));
  expect(document.documentElement).toHaveAttribute('data-density', 'compact');
  const shortcuts = screen.getByRole('group', { name: 'Keys' });
  await keys.click(within(shortcuts).getByRole('button', { name: 'Off' }));
  expect([readPreference('density'), readPreference('shortcuts')]).toEqual(['compact', 'off']);
});

it('a session elsewhere is ended by one press', async () => {
  const ended: unknown[] = [];
  server.use(
    http.delete('/api/v1/sessions/{id}', ({ params, response }) => {
      ended.push(params.id);
      return response(204).empty();
    }),
  );
  const { keys } = await show(<SettingsPage />, { texts, user });
  await keys.click(await screen.findByRole('button', { name: 'End the session at 203.0.113.7' }));
  expect(await screen.findByText('The session at 203.0.113.7 has ended')).toBeVisible();
  expect(ended).toEqual([elsewhere.id]);
});

it('everywhere else is logged out of, the one here stays', async () => {
  const ended: unknown[] = [];
  const another = session('203.0.113.8', false);
  let items = [here, elsewhere, another];
  server.use(
    http.get('/api/v1/sessions', ({ response }) => response(200).json({ items, next: null })),
    http.delete('/api/v1/sessions/{id}', ({ params, response }) => {
      ended.push(params.id);
      items = items.filter(({ id }) => id !== params.id);
      // It has ended by itself meanwhile.
      if (params.id === elsewhere.id) return response.untyped(notFound());
      return response(204).empty();
    }),
  );
  const { keys } = await show(<SettingsPage />, { texts, user });
  await keys.click(await screen.findByRole('button', { name: 'Log out everywhere else…' }));
  await keys.click(await screen.findByRole('button', { name: 'Log out everywhere else' }));
  expect(await screen.findByText('Your other sessions have ended')).toBeVisible();
  expect(ended).toEqual([elsewhere.id, another.id]);
  await waitFor(() =>
    expect(screen.queryByRole('button', { name: 'Log out everywhere else…' })).toBeNull(),
  );
  expect(screen.getByText('127.0.0.1')).toBeVisible();
});

const notFound = () =>
  HttpResponse.json({ type: 'not-found', title: 'Gone', status: 404 }, { status: 404 });

/** Answers changes of the person; returns what was sent, and based on which version. */
function answerNames(refusal: { type: string; status: number } | null): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.patch('/api/v1/users/{id}', async ({ request, response }) => {
      const body = await request.json();
      sent.push({ version: request.headers.get('if-match'), body });
      if (refusal === null) return response(200).json(someSeenUser({ ...user, nickname: 'kaka' }));
      const problem = { ...refusal, title: 'No' };
      return response.untyped(HttpResponse.json(problem, { status: refusal.status }));
    }),
  );
  return sent;
}

async function renameTo(nickname: string) {
  const { keys } = await show(<SettingsPage />, { texts, user });
  const field = await screen.findByLabelText(/^Nickname/);
  await keys.clear(field);
  await keys.type(field, nickname);
  await keys.click(screen.getByRole('button', { name: 'Save' }));
  return field;
}

it('names are changed by oneself, based on the version that was seen', async () => {
  const sent = answerNames(null);
  await renameTo('kaka');
  expect(await screen.findByText('Your names are stored')).toBeVisible();
  expect(sent).toEqual([{ version: '"7"', body: { nickname: 'kaka' } }]);
});

it('a nickname that is taken is said beside its field', async () => {
  answerNames({ type: 'nickname-taken', status: 409 });
  const field = await renameTo('lori');
  await waitFor(() => expect(field).toBeInvalid());
  expect(field).toHaveAccessibleDescription('This nickname is taken.');
});

/** Stands for the login page: what it is told. */
function Told() {
  return <output>{JSON.stringify(useLocation().state)}</output>;
}

it('a changed beak shape leads to the login page, which is told so', async () => {
  server.use(http.post('/api/v1/users/{id}/beak-shape', ({ response }) => response(204).empty()));
  const pages = (
    <Routes>
      <Route path="/settings" element={<SettingsPage />} />
      <Route path="/login" element={<Told />} />
    </Routes>
  );
  const { keys } = await show(pages, { at: '/settings', texts, user });
  await keys.click(await screen.findByRole('button', { name: 'Change the beak shape…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/^Current beak shape/), 'right-shape-42');
  await keys.type(within(dialog).getByLabelText(/^New beak shape/), 'newer-shape-42');
  await keys.click(within(dialog).getByRole('button', { name: 'Change the beak shape' }));
  expect(await screen.findByText('{"login":"kea","isShapeChanged":true}')).toBeVisible();
});

it('a wrong current beak shape is said beside its field', async () => {
  const problem = { type: 'wrong-beak-shape', title: 'Wrong', status: 403, requestId: 'r' };
  server.use(
    http.post('/api/v1/users/{id}/beak-shape', ({ response }) =>
      response.untyped(HttpResponse.json(problem, { status: 403 })),
    ),
  );
  const { keys } = await show(<SettingsPage />, { texts, user });
  await keys.click(await screen.findByRole('button', { name: 'Change the beak shape…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/^Current beak shape/), 'wrong-shape');
  await keys.type(within(dialog).getByLabelText(/^New beak shape/), 'right-shape-42');
  await keys.click(within(dialog).getByRole('button', { name: 'Change the beak shape' }));
  expect(await within(dialog).findByText('The current beak shape is another one.')).toBeVisible();
});
