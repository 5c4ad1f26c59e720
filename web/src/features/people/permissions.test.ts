import { expect, it } from 'vitest';
// As text: the server's code is no part of the page.
import served from '../../../../services/shared/contracts/fields.ts?raw';
import { permissions, rolePermissions } from './permissions';

const wordsOf = (text: string): string[] => [...text.matchAll(/'([a-z.-]+)'/g)].map(([, w]) => w!);

it('all permissions are known, in the order of the server', () => {
  const [, list] = /permission = z\.enum\(\[([^\]]*)\]/.exec(served) ?? [];
  expect(wordsOf(list!)).toEqual(permissions);
});

it('roles give what the server gives them', () => {
  const [, table] = /rolePermissions[^{]*\{([^}]*)\}/.exec(served) ?? [];
  const rows = [...table!.matchAll(/(\w+): (\[[^\]]*\]|permission\.options)/g)];
  const given = rows.map(([, role, list]) => [
    role,
    list === 'permission.options' ? permissions : wordsOf(list!),
  ]);
  expect(Object.fromEntries(given)).toEqual(rolePermissions);
});
