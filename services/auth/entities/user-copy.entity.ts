import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale, Permission, Role, UserStatus } from '../../shared/contracts/fields';
import type { UserView } from '../../shared/contracts/user-view';

/** Auth's copy of a user: the newest snapshot received. */
@Entity('users')
export class UserCopy {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  nickname!: string;

  @Column('text', { name: 'nickname_key' })
  nicknameKey!: string;

  @Column('text')
  email!: string;

  @Column('text')
  role!: Role;

  @Column('text')
  status!: UserStatus;

  /** Effective permissions: those of the role, of groups and personal grants. */
  @Column('text', { array: true })
  permissions!: Permission[];

  @Column('uuid', { name: 'manager_id', nullable: true })
  managerId!: string | null;

  @Column('text')
  locale!: Locale;

  @Column('timestamptz', { name: 'copied_at' })
  copiedAt!: Date;
}

/** Returns the user as the API shows them. */
export function viewOf(user: UserCopy): UserView {
  return {
    id: user.id,
    nickname: user.nickname,
    email: user.email,
    role: user.role,
    locale: user.locale,
    status: user.status,
    managerId: user.managerId,
    permissions: user.permissions,
    version: user.version,
  };
}
