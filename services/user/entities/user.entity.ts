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

/** A person, from registration on; never deleted. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  nickname!: string;

  @Column('text', { name: 'nickname_key' })
  nicknameKey!: string;

  /** Null in rows of a previous version until a job fills them. */
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

  /** Full name, as the bank knows the holder of the bank account; in no event. */
  @Column('text', { name: 'full_name', nullable: true })
  fullName!: string | null;

  /** Permissions granted personally; `effectivePermissions` adds the others. */
  @Column('text', { array: true })
  permissions!: Permission[];

  /** Permissions of the person's groups, derived: only `refreshGroupPermissions` writes them. */
  @Column('text', { name: 'group_permissions', array: true })
  groupPermissions!: Permission[];

  /** Null once Account, which owns the number from then on, has opened the account. */
  @Column('text', { name: 'bank_account', nullable: true })
  bankAccount!: string | null;

  /** Incremented by every change that a snapshot shows; the ETag. */
  @Column('integer')
  version!: number;

  /** Null for people who signed up themselves. */
  @Column('uuid', { name: 'registered_by', nullable: true })
  registeredBy!: string | null;

  /** Whether the sign-up still waits for approval. */
  @Column('boolean', { name: 'awaits_approval' })
  awaitsApproval!: boolean;

  /** Time when the registration was given up, without beak shape or approval. */
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

/** Data of a registration. */
export interface Registration {
  id: string;
  nickname: string;
  email: string;
  bankAccount: string;
  locale: Locale;
  fullName?: string | undefined;
  /** Null for people who sign up themselves. */
  registeredBy: string | null;
  /** True when a sign-up needs approval. */
  awaitsApproval?: boolean;
}

/** Creates a person as of registration, inactive. */
export function newcomer(registration: Registration, role: Role, now: Date): User {
  return Object.assign(new User(), {
    ...registration,
    nicknameKey: nicknameKey(registration.nickname),
    nicknameSkeletons: skeletonsOf(registration.nickname),
    role,
    status: 'inactive' as const,
    managerId: null,
    fullName: registration.fullName ?? null,
    permissions: [],
    groupPermissions: [],
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
 * Returns whether a registration is a repeat, after a crash or a lost answer. False after a change
 * of names: a repeat can't know the new ones. The bank account is compared while User has it.
 */
export function isSameRegistration(known: User, repeated: User): boolean {
  return (
    known.status !== 'deactivated' &&
    known.nickname === repeated.nickname &&
    known.email === repeated.email &&
    known.locale === repeated.locale &&
    known.fullName === repeated.fullName &&
    known.registeredBy === repeated.registeredBy &&
    (known.bankAccount === null || known.bankAccount === repeated.bankAccount)
  );
}

/**
 * Returns a person's permissions: those of the role, of the groups and granted personally. Groups
 * give a deactivated person nothing. `effectiveSql` in `steps/publish-user-updates.ts` is the same
 * rule for statements.
 */
export function effectivePermissions(user: User): Permission[] {
  const { role, status, permissions, groupPermissions } = user;
  const ofGroups = status === 'deactivated' ? [] : groupPermissions;
  const granted = new Set([...rolePermissions[role], ...permissions, ...ofGroups]);
  return permission.options.filter((each) => granted.has(each));
}

/** Returns the person as other services and the API see them. */
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

/** Returns the recipient at the current address. */
export function recipientOf({ email, nickname, locale }: User): LetterRecipient {
  return { to: email, nickname, locale };
}

/** Returns the recipient at a former address, whose refusal is no failure. */
export function formerRecipient(user: User, to: string): LetterRecipient {
  return { ...recipientOf(user), to, mayBeGone: true };
}
