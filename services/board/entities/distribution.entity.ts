import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../shared/db/columns';
import type { Scope, Share } from '../domain/distribution';

/** A distribution and its result. Never updated, never deleted. */
@Entity('distributions')
export class Distribution {
  @PrimaryColumn('uuid')
  id!: string;

  /** 1, 2, 3 … in the order of distributions; gaps mean nothing. */
  @Column({ type: 'bigint', insert: false, update: false, transformer: bigintColumn })
  position!: bigint;

  @Column('text')
  scope!: Scope;

  @Column('uuid', { name: 'pressed_by' })
  pressedBy!: string;

  @Column({ type: 'timestamptz', name: 'pressed_at', precision: 3 })
  pressedAt!: Date;

  @Column('integer', { name: 'task_count' })
  taskCount!: number;

  /** Fees charged in all; null for distributions of before they were summed up. */
  @Column('bigint', { name: 'fees_cents', nullable: true, transformer: bigintColumn })
  feesCents!: bigint | null;

  /** Number of tasks dealt to each person, largest first. */
  @Column('jsonb')
  people!: Share[];
}
