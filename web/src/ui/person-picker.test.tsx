import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { somePerson } from '../../test/factories';
import { http, server } from '../../test/server';
import { show } from '../../test/show';
import { PersonPicker } from './person-picker';

const kea = somePerson({ nickname: 'kea' });
const macaw = somePerson({ nickname: 'macaw', role: 'manager' });

function Field({ chosen = null }: { chosen?: string | null }) {
  const [value, setValue] = useState(chosen);
  return (
    <>
      <PersonPicker
        label="Assignee"
        value={value}
        onChange={setValue}
        isOffered={({ role }) => role === 'employee'}
      />
      <output data-testid="value">{value}</output>
    </>
  );
}

function answerPeople(): string[] {
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/people', ({ query, response }) => {
      const q = query.get('q');
      if (q !== null) asked.push(q);
      const found = [kea, macaw].filter(({ nickname }) => nickname.includes(q ?? ''));
      return response(200).json({ items: found, next: null });
    }),
  );
  return asked;
}

it('finds people by a piece of the nickname, offers who may be chosen, and forgets', async () => {
  const asked = answerPeople();
  const { keys } = await show(<Field />, { texts: [] });
  await keys.type(await screen.findByRole('combobox', { name: 'Assignee' }), 'ke');
  await waitFor(() => expect(asked).toEqual(['ke']));
  await keys.click(await screen.findByRole('option', { name: 'kea' }));
  expect(screen.getByTestId('value')).toHaveTextContent(kea.id);
  expect(screen.queryByRole('option', { name: 'macaw' })).toBeNull();
  await keys.click(screen.getByRole('button', { name: 'Assignee: nobody' }));
  expect(screen.getByTestId('value')).toBeEmptyDOMElement();
});

it('somebody chosen before is shown by name', async () => {
  answerPeople();
  await show(<Field chosen={kea.id} />, { texts: [] });
  await screen.findByDisplayValue('kea');
});

it('says that names can’t be had', async () => {
  server.use(
    http.get('/api/v1/people', ({ response }) =>
      response(503).json({ type: 'unavailable', title: 'Away', status: 503 }),
    ),
  );
  const { keys } = await show(<Field />, { texts: [] });
  await keys.click(await screen.findByRole('combobox', { name: 'Assignee' }));
  expect(await screen.findByText('Names can’t be had now')).toBeVisible();
});
