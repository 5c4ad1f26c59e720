import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Reason why a session ended before it expired. */
export type EndReason =
  | 'logged-out'
  | 'user-deactivated'
  | 'beak-shape-changed'
  | 'refresh-token-reused'
  | 'too-many-sessions';

/** A session: the family of refresh tokens of one login. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** Client address of the login. */
  @Column('text')
  address!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: EndReason | null;
}
