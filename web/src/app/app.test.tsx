import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { http, server } from '../../test/server';
import { show } from '../../test/show';
import { App } from './app';

/** Pages are files of their own. */
const LOADED = { timeout: 5_000 };

it('after navigation the heading has the focus; on the first page skip comes first', async () => {
  const counts = { open: 0, finished: 0, cancelled: 0, unassigned: 0 };
  server.use(
    http.get('/api/v1/tasks', ({ response }) => response(200).json({ items: [], next: null })),
    http.get('/api/v1/tasks/counts', ({ response }) => response(200).json(counts)),
  );
  const { keys } = await show(<App />, { at: '/nowhere', texts: [] });
  await screen.findByRole('heading', { name: 'There is no such page' });
  expect(document.body).toHaveFocus();
  await keys.click(screen.getByRole('link', { name: 'To your tasks' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'Tasks' }, LOADED);
  await waitFor(() => expect(heading).toHaveFocus());
  expect(document.title).toBe('Tasks · Popug');
});
