import { userCreated } from '../../shared/contracts/events/users';
import { nicknameKey, type Locale, type Role } from '../../shared/contracts/fields';
import type { Tx } from '../../shared/db/data-source';
import { event, publish } from '../../shared/messaging/outbox';
import { nextAccountAskAt } from '../domain/activation';
import { skeletonsOf } from '../domain/name-skeleton';
import { User, snapshotOf } from '../entities/user.entity';
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
