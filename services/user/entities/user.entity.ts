import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserSnapshot } from '../../shared/contracts/events/users';
import {
  nicknameKey,
  permission,
  rolePermissions,
  type Locale,
  type Permission,
  type Role,
  type UserStatus,
} from '../../shared/contracts/fields';
import type { LetterRecipient } from '../../shared/work/letters/due-letters';
import { nextAccountAskAt } from '../domain/activation';
import { skeletonsOf } from '../domain/name-skeleton';

/** A person, from registration on. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  nickname!: string;

  @Column('text', { name: 'nickname_key' })
  nicknameKey!: string;

  /** Null until a job has computed them, in rows of an older version. */
  @Column('text', { name: 'nickname_skeletons', array: true, nullable: true })
  nicknameSkeletons!: string[] | null;

  @Column('text')
  email!: string;

  @Column('text')
  role!: Role;

  @Column('text')
  status!: UserStatus;

  @Column('text')
  locale!: Locale;

  @Column('uuid', { name: 'manager_id', nullable: true })
  managerId!: string | null;

  /** Granted to this person; `effectivePermissions` says what they may do. */
  @Column('text', { array: true })
  permissions!: Permission[];

  /** Null once Account, which owns the number from then on, has opened the account. */
  @Column('text', { name: 'bank_account', nullable: true })
  bankAccount!: string | null;

  /** Grows with every change that a snapshot shows; the ETag. */
  @Column('integer')
  version!: number;

  /** Null for those who signed up by themselves. */
  @Column('uuid', { name: 'registered_by', nullable: true })
  registeredBy!: string | null;

  /** Signed up, and no administrator has let them in yet. */
  @Column('boolean', { name: 'awaits_approval' })
  awaitsApproval!: boolean;

  /** When the registration was given up, for lack of a beak shape or of consent. */
  @Column('timestamptz', { name: 'given_up_at', nullable: true })
  givenUpAt!: Date | null;

  @Column('timestamptz', { name: 'registered_at' })
  registeredAt!: Date;

  @Column('timestamptz', { name: 'inactive_since' })
  inactiveSince!: Date;

  @Column('timestamptz', { name: 'credentials_set_at', nullable: true })
  credentialsSetAt!: Date | null;

  @Column('timestamptz', { name: 'account_opened_at', nullable: true })
  accountOpenedAt!: Date | null;

  @Column('integer', { name: 'account_asked_times' })
  accountAskedTimes!: number;

  @Column('timestamptz', { name: 'account_ask_due_at' })
  accountAskDueAt!: Date;
}

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

/** What a person may do: by role and by personal grants. The one place that says so. */
export function effectivePermissions({ role, permissions }: User): Permission[] {
  const granted = new Set([...rolePermissions[role], ...permissions]);
  return permission.options.filter((each) => granted.has(each));
}

/** The person as other services and the API see them. */
export function snapshotOf(user: User): UserSnapshot {
  return {
    userId: user.id,
    version: user.version,
    nickname: user.nickname,
    email: user.email,
    role: user.role,
    status: user.status,
    permissions: effectivePermissions(user),
    managerId: user.managerId,
    locale: user.locale,
  };
}

/** Where a letter about what happens to a person now goes to. */
export function recipientOf({ email, nickname, locale }: User): LetterRecipient {
  return { to: email, nickname, locale };
}

/** An address of before: it may be gone by now, and nobody has to mend that. */
export function formerRecipient(user: User, to: string): LetterRecipient {
  return { ...recipientOf(user), to, mayBeGone: true };
}
