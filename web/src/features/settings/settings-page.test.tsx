import { screen, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { newId } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { readPreference } from '../../lib/preferences';
import { SettingsPage } from './settings-page';

const texts = ['settings', 'bankAccount'] as const;
const at = '2026-11-26T08:00:00.000Z';
const session = (address: string, current: boolean) => ({
  ...{ id: newId(), address, createdAt: at, lastUsedAt: at, expiresAt: at, current },
});
const [here, elsewhere] = [session('127.0.0.1', true), session('203.0.113.7', false)];

beforeEach(() =>
  server.use(
    http.get('/api/v1/sessions', ({ response }) =>
      response(200).json({ items: [here, elsewhere], next: null }),
    ),
  ),
);

it('density and keys are kept by this browser', async () => {
  const { keys } = await show(<SettingsPage />, { texts });
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
  const { keys } = await show(<SettingsPage />, { texts });
  await keys.click(await screen.findByRole('button', { name: 'End the session at 203.0.113.7' }));
  expect(await screen.findByText('The session at 203.0.113.7 has ended')).toBeVisible();
  expect(ended).toEqual([elsewhere.id]);
});

it('a wrong current beak shape is said beside its field', async () => {
  const problem = { type: 'wrong-beak-shape', title: 'Wrong', status: 403, requestId: 'r' };
  server.use(
    http.post('/api/v1/users/{id}/beak-shape', ({ response }) =>
      response.untyped(HttpResponse.json(problem, { status: 403 })),
    ),
  );
  const { keys } = await show(<SettingsPage />, { texts });
  await keys.click(await screen.findByRole('button', { name: 'Change the beak shape…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/^Current beak shape/), 'wrong-shape');
  await keys.type(within(dialog).getByLabelText(/^New beak shape/), 'right-shape-42');
  await keys.click(within(dialog).getByRole('button', { name: 'Change the beak shape' }));
  expect(await within(dialog).findByText('The current beak shape is another one.')).toBeVisible();
});
