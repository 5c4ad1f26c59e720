import { emailKey, nicknameKey } from '../../shared/contracts/fields';
import { query, type Database } from '../../shared/db/data-source';
import { isUuid } from '../../shared/kernel/ids';
import { UserCopy } from '../entities/user-copy.entity';

/**
 * Snapshots of people who pass on a name arrive in any order: prefers users who are not
 * deactivated, then the latest copy.
 */
const byName = (column: string): string => `
SELECT id FROM users WHERE ${column} = $1
ORDER BY status = 'deactivated', copied_at DESC LIMIT 1`;

/**
 * Returns the user with that id, email (contains @) or nickname, or null. Case, surrounding white
 * space and Unicode form (NFKC) are ignored.
 */
export async function findByLogin(database: Database, login: string): Promise<UserCopy | null> {
  const typed = login.normalize('NFKC').trim();
  const lower = typed.toLowerCase();
  if (isUuid(lower)) return database.manager.findOneBy(UserCopy, { id: lower });
  const [sql, name] = lower.includes('@')
    ? [byName('email'), emailKey(typed)]
    : [byName('nickname_key'), nicknameKey(typed)];
  const [row] = await query<{ id: string }>(database, sql, [name]);
  return row ? database.manager.findOneBy(UserCopy, { id: row.id }) : null;
}
