/** What a session was opened with. */
export interface Rights {
  role: string;
  permissions: readonly string[];
}

/** The role of those who have no other: changing it takes nothing away. */
const LEAST_ROLE = 'employee';

/** True when somebody lost a role or a permission: then their sessions end. */
export function losesRights(before: Rights, after: Rights): boolean {
  const losesRole = before.role !== after.role && before.role !== LEAST_ROLE;
  return losesRole || before.permissions.some((each) => !after.permissions.includes(each));
}
