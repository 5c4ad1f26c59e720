import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why a session ended before its time. */
export type EndReason =
  | 'logged-out'
  | 'user-deactivated'
  | 'beak-shape-changed'
  | 'refresh-token-reused'
  | 'too-many-sessions';

/** A login and all that follows from it: a family of refresh tokens. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** Where the person logged in from, as the gateway saw it. */
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
