import { userCreated, type UserSnapshot } from '../../shared/contracts/events/users';
import { nicknameKey, type Locale, type Role } from '../../shared/contracts/fields';
import type { Database, Tx } from '../../shared/db/data-source';
import { isUniqueViolation } from '../../shared/db/errors';
import { event, publish } from '../../shared/messaging/outbox';
import { nextAccountAskAt } from '../domain/activation';
import { skeletonsOf } from '../domain/name-skeleton';
import { User, snapshotOf } from '../entities/user.entity';
import { idTaken, refuseTakenName } from './refuse-taken-name';
import { refuseTwinName } from './refuse-twin-name';

/** What a registration says of a person. */
export interface Registration {
  id: string;
  nickname: string;
  email: string;
  bankAccount: string;
  locale: Locale;
  /** Null for those who sign up by themselves. */
  registeredBy: string | null;
  /** True where an administrator lets people in who sign up by themselves. */
  awaitsApproval?: boolean;
}

/** A person as registered, and whether their beak shape was set before. */
export interface Registered {
  snapshot: UserSnapshot;
  isSettled: boolean;
}

/**
 * Registers an inactive employee: the first step of activation, which Account takes up from the
 * event. Returns the person as registered, whatever became of them since: a repeat of the same
 * registration has the same answer. Throws 409 when id, email or nickname are somebody else's.
 */
export async function registerUser(
  database: Database,
  registration: Registration,
  now: Date,
): Promise<Registered> {
  const user = newcomer(registration, 'employee', now);
  let isSettled = false;
  try {
    await database.transaction((tx) => insertUser(tx, user));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const known = await database.manager.findOneBy(User, { id: user.id });
    if (!known) refuseTakenName(error);
    if (!isSameRegistration(known, user)) throw idTaken();
    isSettled = known.credentialsSetAt !== null;
  }
  return { snapshot: snapshotOf(user), isSettled };
}

/**
 * Writes the row and its `UserCreated`. Throws the unique violation of a taken name, and 409 for
 * a name that looks like another.
 */
export async function insertUser(tx: Tx, user: User): Promise<void> {
  await refuseTwinName(tx, user);
  await tx.insert(User, user);
  await publish(tx, [event(userCreated, user.id, snapshotOf(user), user.registeredAt)]);
}

/** A person at the moment of registration. */
export function newcomer(registration: Registration, role: Role, now: Date): User {
  return Object.assign(new User(), {
    ...registration,
    nicknameKey: nicknameKey(registration.nickname),
    nicknameSkeletons: skeletonsOf(registration.nickname),
    role,
    status: 'inactive' as const,
    managerId: null,
    permissions: [],
    awaitsApproval: registration.awaitsApproval ?? false,
    version: 1,
    registeredAt: now,
    inactiveSince: now,
    credentialsSetAt: null,
    accountOpenedAt: null,
    accountAskedTimes: 1,
    accountAskDueAt: nextAccountAskAt(now, 1),
  });
}

/**
 * True for a repeat after a crash or a lost answer. The names may have changed since then, which
 * a repeat can't know: that is answered as taken. The bank account is compared while we have it.
 */
export function isSameRegistration(known: User, repeated: User): boolean {
  return (
    known.status !== 'deactivated' &&
    known.nickname === repeated.nickname &&
    known.email === repeated.email &&
    known.locale === repeated.locale &&
    known.registeredBy === repeated.registeredBy &&
    (known.bankAccount === null || known.bankAccount === repeated.bankAccount)
  );
}
