import type { Locale, Permission } from '../../services/shared/contracts/fields';
import { derivedId } from '../../services/shared/kernel/ids';
import type { Person } from '../client/api';

interface DemoGroup {
  id: string;
  name: Readonly<Record<Locale, string>>;
  permissions: readonly Permission[];
  /** Nicknames. */
  members: readonly string[];
}

/** Employees who deal tasks at night, and those who read figures and the whole board. */
const GROUPS: readonly DemoGroup[] = [
  {
    id: derivedId('demo-group', 'night-shift-leads'),
    name: { en: 'Night shift leads', ru: 'Старшие ночной смены' },
    permissions: ['tasks.distribute'],
    members: ['kea', 'gosha'],
  },
  {
    id: derivedId('demo-group', 'analysts'),
    name: { en: 'Analysts', ru: 'Аналитики' },
    permissions: ['analytics.view', 'tasks.view-all'],
    members: ['macaw', 'monk', 'rosella'],
  },
];

/** Creates the groups and adds their members. Idempotent. */
export async function formGroups(
  admin: Person,
  company: ReadonlyMap<string, Person>,
  locale: Locale,
): Promise<void> {
  for (const { id, name, permissions, members } of GROUPS) {
    await admin.post('/groups', { id, name: name[locale], permissions });
    for (const nickname of members) {
      await admin.put(`/groups/${id}/members/${company.get(nickname)!.id}`);
    }
  }
}
