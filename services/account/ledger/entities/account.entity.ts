import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Kind of the party that the account belongs to. */
export type AccountKind = 'employee' | 'management' | 'bank-clearing';

/** Account of one party; the balance is derived from transfers. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: AccountKind;

  /** Null for the accounts of management and bank clearing. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  /** Bank account number that payouts are sent to. */
  @Column('text', { name: 'bank_account', nullable: true })
  bankAccount!: string | null;

  /** Full name of the holder of the bank account; null when unknown. */
  @Column('text', { name: 'bank_account_holder', nullable: true })
  bankAccountHolder!: string | null;

  /** Reason of the hold on the account's payouts; null without a hold. */
  @Column('text', { name: 'payouts_held_reason', nullable: true })
  payoutsHeldReason!: string | null;

  @Column('uuid', { name: 'payouts_held_by', nullable: true })
  payoutsHeldBy!: string | null;

  @Column('timestamptz', { name: 'payouts_held_at', nullable: true })
  payoutsHeldAt!: Date | null;

  /** When the last hold on payouts was released. */
  @Column('timestamptz', { name: 'payouts_released_at', nullable: true })
  payoutsReleasedAt!: Date | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;
}
