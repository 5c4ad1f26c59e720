import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someUser } from '../../test/factories';
import { show } from '../../test/show';
import { useMe, type User } from '../api/session';
import { usePages } from './use-pages';

function Menu() {
  const entries = usePages();
  if (useMe() === undefined) return null;
  return (
    <ul>
      {entries.map(({ address }) => (
        <li key={address}>{address}</li>
      ))}
    </ul>
  );
}

const listed = async (user: Partial<User>): Promise<(string | null)[]> => {
  await show(<Menu />, { user: someUser(user), texts: [] });
  const entries = await screen.findAllByRole('listitem');
  return entries.map(({ textContent }) => textContent);
};

it('an employee sees neither the board nor the team', async () => {
  const entries = await listed({ role: 'employee', permissions: [] });
  expect(entries).toContain('/tasks');
  for (const address of ['/team', '/board', '/distribution']) {
    expect(entries).not.toContain(address);
  }
});

it('a manager sees the team, and pages by permission', async () => {
  const entries = await listed({ role: 'manager', permissions: ['tasks.view-all'] });
  expect(entries).toEqual(expect.arrayContaining(['/tasks', '/team', '/board']));
  expect(entries).not.toContain('/distribution');
});

it('an administrator with all permissions does not see the team: it goes by role', async () => {
  const entries = await listed({
    role: 'admin',
    permissions: ['tasks.view-all', 'tasks.distribute'],
  });
  expect(entries).toEqual(expect.arrayContaining(['/board', '/distribution']));
  expect(entries).not.toContain('/team');
});
