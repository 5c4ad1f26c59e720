import type { Permission, Schemas } from '../../api/client';

export type Role = Schemas['User']['role'];

/** All permissions, in the order of their sections. */
export const permissions = [
  'tasks.distribute',
  'tasks.view-all',
  'accounting.view-all',
  'accounting.correct',
  'payouts.manage',
  'prices.configure',
  'analytics.view',
  'users.manage',
  'operations.manage',
] as const satisfies readonly Permission[];

export const roles = ['employee', 'manager', 'accountant', 'admin'] as const;

/** What each role gives: the API says only what is in force in all (permissions.test.ts). */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  employee: [],
  manager: ['tasks.distribute', 'tasks.view-all'],
  accountant: ['accounting.view-all', 'accounting.correct', 'payouts.manage'],
  admin: permissions,
};
