import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whose money it is. */
export type AccountKind = 'employee' | 'management' | 'bank-clearing';

/** A party's money inside the system; what it holds is told by the transfers alone. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: AccountKind;

  /** Null for the company's own accounts. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  /** The number outside that payouts go to. */
  @Column('text', { name: 'bank_account', nullable: true })
  bankAccount!: string | null;

  /** Not null while somebody holds the payouts of this account back. */
  @Column('text', { name: 'payouts_held_reason', nullable: true })
  payoutsHeldReason!: string | null;

  @Column('uuid', { name: 'payouts_held_by', nullable: true })
  payoutsHeldBy!: string | null;

  @Column('timestamptz', { name: 'payouts_held_at', nullable: true })
  payoutsHeldAt!: Date | null;

  /** When they were let go last. */
  @Column('timestamptz', { name: 'payouts_released_at', nullable: true })
  payoutsReleasedAt!: Date | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;
}
