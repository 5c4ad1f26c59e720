import { nicknameKey, type Role, type UserStatus } from '../../shared/contracts/fields';
import type { Database } from '../../shared/db/data-source';
import { notFound } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';
import { seeUser, type SeenUser } from './seen-users';

/** Cursor in the list of users: the last user of the previous page. */
export interface UserPlace {
  registeredAt: string;
  id: string;
}

/** Filter and page of a list of users. */
export interface UserFilter {
  ids?: readonly string[] | undefined;
  role?: Role | undefined;
  status?: UserStatus | undefined;
  managerId?: string | undefined;
  awaitsApproval?: boolean | undefined;
  /** Substring of the nickname, case-insensitive. */
  nickname?: string | undefined;
  /** Substring of nickname or email, case-insensitive. */
  name?: string | undefined;
  after: UserPlace | null;
  limit: number;
}

/** Returns the user as the API shows them. Throws 404. */
export async function readUser(database: Database, id: string): Promise<SeenUser> {
  return seeUser(database, await findUser(database, id));
}

/** Returns the progress of an activation. Throws 404. */
export async function readProgress(
  database: Database,
  id: string,
): Promise<Pick<User, 'status' | 'awaitsApproval'>> {
  const { status, awaitsApproval } = await findUser(database, id);
  return { status, awaitsApproval };
}

/** Returns the recipient of letters to a person, also of a deactivated one. Throws 404. */
export async function readEmail(
  database: Database,
  id: string,
): Promise<Pick<User, 'email' | 'nickname' | 'locale'>> {
  const { email, nickname, locale } = await findUser(database, id);
  return { email, nickname, locale };
}

/**
 * Returns the bank account number given at registration, null once Account has it, and the full
 * name of its holder. Throws 404.
 */
export async function readBankAccount(
  database: Database,
  id: string,
): Promise<Pick<User, 'bankAccount' | 'fullName'>> {
  const { bankAccount, fullName } = await findUser(database, id);
  return { bankAccount, fullName };
}

async function findUser(database: Database, id: string): Promise<User> {
  const user = await database.manager.findOneBy(User, { id });
  if (!user) throw notFound('User');
  return user;
}

/** Returns the cursor after a user. */
export function placeOf({ registeredAt, id }: User): UserPlace {
  return { registeredAt: registeredAt.toISOString(), id };
}

/** Returns `%piece%` for LIKE, with the wildcards in the piece escaped. */
function containing(piece: string): string {
  return `%${nicknameKey(piece).replace(/[\\%_]/g, '\\$&')}%`;
}

/** Returns users, newest first; `limit` + 1 when there are more. */
export async function listUsers(database: Database, filter: UserFilter): Promise<User[]> {
  const { ids, role, status, managerId, awaitsApproval, nickname, name, after, limit } = filter;
  const found = database.manager
    .createQueryBuilder(User, 'person')
    .orderBy({ 'person.registeredAt': 'DESC', 'person.id': 'DESC' })
    .limit(limit + 1);
  if (ids) found.andWhere('person.id = ANY(:ids)', { ids });
  if (role) found.andWhere('person.role = :role', { role });
  if (status) found.andWhere('person.status = :status', { status });
  if (managerId) found.andWhere('person.managerId = :managerId', { managerId });
  if (awaitsApproval !== undefined) found.andWhere({ awaitsApproval });
  if (nickname) {
    found.andWhere('person.nicknameKey LIKE :nickname', { nickname: containing(nickname) });
  }
  if (name) {
    const like = { name: containing(name) };
    found.andWhere('(person.nicknameKey LIKE :name OR person.email LIKE :name)', like);
  }
  if (after) found.andWhere('(person.registeredAt, person.id) < (:registeredAt, :id)', after);
  return found.getMany();
}
