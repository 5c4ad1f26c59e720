import { userUpdated } from '../../shared/contracts/events/users';
import { nicknameKey, type Locale, type Role } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { refuseViolation } from '../../shared/db/errors';
import type { BasedOn } from '../../shared/kernel/based-on';
import { badRequest, conflict } from '../../shared/kernel/errors';
import { oweLetter } from '../../shared/work/letters/due-letters';
import type { UserContext } from '../context';
import { skeletonsOf } from '../domain/name-skeleton';
import { takenNames } from '../domain/taken-names';
import { type User, formerRecipient } from '../entities/user.entity';
import { seeUser, type SeenUser } from '../queries/seen-users';
import { keepAnAdministrator } from '../steps/keep-an-administrator';
import { lockAdministration, lockUser } from '../steps/lock-users';
import { publishUsers } from '../steps/publish-users';
import { refuseTwinName } from '../steps/refuse-twin-name';

/** Changed fields of a person; undefined keeps a field. */
export interface UserChanges {
  nickname?: string | undefined;
  email?: string | undefined;
  role?: Role | undefined;
  managerId?: string | null | undefined;
  locale?: Locale | undefined;
  fullName?: string | null | undefined;
}

/** Changes, their author, and the versions that they are based on. */
export interface UserUpdate {
  id: string;
  changes: UserChanges;
  basedOn: BasedOn;
  actorId: string;
}

/** Fields that snapshots show; a changed full name alone publishes nothing. */
const PUBLISHED = ['nickname', 'email', 'role', 'managerId', 'locale'] as const;

/**
 * Changes a person and publishes `UserUpdated`; a changed email owes a letter to the old address.
 * Throws 404, 412 `stale-version`, 400 for an unknown or deactivated manager, 409 for a taken name,
 * `last-administrator`, and `circle-of-managers` for a manager from below.
 */
export async function updateUser(context: UserContext, update: UserUpdate): Promise<SeenUser> {
  const { id, changes, basedOn } = update;
  const work = async (tx: Tx): Promise<SeenUser> => {
    const now = await context.now(tx);
    const isAdministration = changes.role !== undefined || changes.managerId !== undefined;
    if (isAdministration) await lockAdministration(tx);
    const user = await lockUser(tx, id, basedOn);
    const before = { ...user };
    await applyChanges(tx, user, update);
    const isPublished = PUBLISHED.some((field) => before[field] !== user[field]);
    if (!isPublished && before.fullName === user.fullName) return seeUser(tx, user);
    user.version += 1;
    await tx.save(user);
    if (isPublished) await publishUsers(tx, userUpdated, [user], now);
    await recordChanges(tx, before, user, update.actorId);
    if (user.email !== before.email) {
      await query(tx, KEEP_EMAIL, [id, before.email, now]);
      const content = { template: 'email-changed', newEmail: user.email } as const;
      // To the old address: an attacker who took the account over reads the new one.
      const recipient = formerRecipient(before, before.email);
      await oweLetter(tx, { userId: id, recipient, content }, now);
    }
    return seeUser(tx, user);
  };
  return context.database.transaction(work).catch(refuseViolation(takenNames));
}

const KEEP_EMAIL = `
INSERT INTO former_emails (user_id, email, until) VALUES ($1, $2, $3)
ON CONFLICT (user_id, email) DO UPDATE SET until = EXCLUDED.until`;

/** Fields that are audited when somebody else changes them. A role is always audited. */
const AUDITED = ['email', 'managerId', 'nickname', 'locale', 'fullName'] as const;
const ACTIONS = {
  email: 'email.changed',
  managerId: 'manager.changed',
  nickname: 'nickname.changed',
  locale: 'locale.changed',
  fullName: 'full-name.changed',
} as const;

async function recordChanges(tx: Tx, before: User, user: User, actorId: string): Promise<void> {
  if (actorId === user.id) return;
  for (const field of AUDITED) {
    if (before[field] === user[field]) continue;
    const change = { before: before[field], after: user[field] };
    await recordAudit(tx, { actorId, action: ACTIONS[field], subject: user.id, ...change });
  }
}

async function applyChanges(tx: Tx, user: User, { changes, actorId }: UserUpdate): Promise<void> {
  const { nickname, email, role, managerId, locale, fullName } = changes;
  if (role !== undefined && role !== user.role) {
    await keepAnAdministrator(tx, user);
    const change = { before: user.role, after: role };
    await recordAudit(tx, { actorId, action: 'role.changed', subject: user.id, ...change });
    user.role = role;
  }
  if (managerId !== undefined && managerId !== user.managerId) {
    if (managerId !== null) await refuseManager(tx, user.id, managerId);
    user.managerId = managerId;
  }
  if (nickname !== undefined && nickname !== user.nickname) {
    await refuseTwinName(tx, { id: user.id, nickname }, skeletonsOf(user.nickname));
    user.nickname = nickname;
    user.nicknameSkeletons = skeletonsOf(nickname);
    user.nicknameKey = nicknameKey(nickname);
  }
  user.email = email ?? user.email;
  user.locale = locale ?? user.locale;
  if (fullName !== undefined) user.fullName = fullName;
}

/** The new manager and everybody above, to the top. */
const MANAGERS_ABOVE = `
WITH RECURSIVE above AS (
  SELECT id, manager_id, status FROM users WHERE id = $1
  UNION
  SELECT users.id, users.manager_id, users.status
  FROM users JOIN above ON users.id = above.manager_id)
SELECT id, status FROM above`;

function noManager(detail: string): Error {
  return badRequest('No such manager', [{ pointer: '/managerId', detail, code: 'no-manager' }]);
}

/**
 * Throws 400 for an unknown or deactivated manager, 409 `circle-of-managers` for a manager from
 * below. Under `lockAdministration`, which deactivations take too: nobody is left below a leaver.
 */
async function refuseManager(tx: Tx, userId: string, managerId: string): Promise<void> {
  type Row = Pick<User, 'id' | 'status'>;
  const above = await query<Row>(tx, MANAGERS_ABOVE, [managerId]);
  const manager = above.find(({ id }) => id === managerId);
  if (!manager) throw noManager('is nobody');
  if (manager.status === 'deactivated') throw noManager('is deactivated');
  if (above.some(({ id }) => id === userId)) {
    throw conflict('circle-of-managers', 'Nobody can be above themselves');
  }
}
