import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someTask, someUser } from '../../test/factories';
import { http, server } from '../../test/server';
import { show } from '../../test/show';
import { Finder } from './finder';

const manager = someUser({ role: 'manager', permissions: ['tasks.view-all', 'tasks.distribute'] });

const opened = async (user = manager) => {
  const shown = await show(<Finder />, { user, texts: ['finder'] });
  await screen.findByRole('button', { name: 'Search' });
  // The keys go by what the person may see.
  await waitFor(() => expect(document.body).toHaveTextContent('Ctrl K'));
  return shown;
};
const address = (): string | null => screen.getByTestId('address').textContent;

it('a page is found by a piece of its name, with the keyboard alone', async () => {
  const { keys } = await opened();
  await keys.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('textbox', { name: 'Page, action, task or person' });
  await waitFor(() => expect(field).toHaveFocus());
  await keys.keyboard('istri{Enter}');
  await waitFor(() => expect(address()).toBe('/distribution'));
  expect(screen.queryByRole('textbox')).toBeNull();
});

it('tasks and people are looked for from two letters on, as far as the person may', async () => {
  const task = someTask({ title: 'Change the button', jiraId: 'POPUG-144' });
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/tasks', ({ request, response }) => {
      asked.push(new URL(request.url).search);
      return response(200).json({ items: [task], next: null });
    }),
  );
  const { keys } = await opened(someUser({ permissions: [] }));
  await keys.click(screen.getByRole('button', { name: 'Search' }));
  await keys.type(await screen.findByRole('textbox'), 'b');
  await keys.type(screen.getByRole('textbox'), 'utt');
  const group = await screen.findByRole('group', { name: 'Tasks' });
  await keys.click(within(group).getByRole('option', { name: /Change the button POPUG-144/ }));
  await waitFor(() => expect(address()).toBe(`/tasks/${task.id}`));
  expect(asked).toEqual(['?q=butt&limit=5&view=mine']);
});

it('without a text the last places come first', async () => {
  const { keys } = await opened();
  await keys.keyboard('gb');
  await waitFor(() => expect(address()).toBe('/board'));
  await keys.keyboard('gt');
  await waitFor(() => expect(address()).toBe('/tasks'));
  await keys.keyboard('/');
  const group = await screen.findByRole('group', { name: 'Last places' });
  const places = within(group)
    .getAllByRole('option')
    .map(({ textContent }) => textContent);
  expect(places[0]).toMatch(/Board/);
  expect(places.join()).not.toMatch(/Tasks/);
});

it('the list of keys names pages that the person sees', async () => {
  const { keys } = await opened(someUser({ permissions: [] }));
  await keys.keyboard('?');
  const list = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(list).getByText('Tasks')).toBeVisible();
  expect(within(list).queryByText('Board')).toBeNull();
});
