import { emailKey, nicknameKey } from '../../shared/contracts/fields';
import { query, type Database } from '../../shared/db/data-source';
import { isUuid } from '../../shared/kernel/ids';
import { UserCopy } from '../entities/user-copy.entity';

/**
 * Names given up by one person and taken by another may arrive here in any order: who is not
 * deactivated counts, then whose news came last.
 */
const byName = (column: string): string => `
SELECT id FROM users WHERE ${column} = $1
ORDER BY status = 'deactivated', copied_at DESC LIMIT 1`;

/**
 * Who that login means: a user id, an email (a nickname has no @) or a nickname, without case,
 * without blanks around it and in whatever form it is typed; null for nobody.
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
