import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../shared/db/columns';
import type { TaskStatus } from '../domain/task-status';

/** Current state of a task. Price, fee and reward are cents, fixed at creation. */
@Entity('tasks')
export class Task {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'jira_id', nullable: true })
  jiraId!: string | null;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  status!: TaskStatus;

  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  /** How often the task was dealt; 0 = never. */
  @Column('integer', { name: 'assignment_number' })
  assignmentNumber!: number;

  /** When the task was dealt last; null = never. */
  @Column({ type: 'timestamptz', name: 'assigned_at', precision: 3, nullable: true })
  assignedAt!: Date | null;

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @Column({ type: 'bigint', name: 'price_cents', transformer: bigintColumn })
  priceCents!: bigint;

  @Column({ type: 'bigint', name: 'fee_cents', transformer: bigintColumn })
  feeCents!: bigint;

  @Column({ type: 'bigint', name: 'reward_cents', transformer: bigintColumn })
  rewardCents!: bigint;

  /** Hash of the creating request (caller and content): tells a repeat from a conflict. */
  @Column('uuid', { name: 'request_fingerprint' })
  requestFingerprint!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;

  /** Grows with every change; sent as ETag. */
  @Column('integer')
  version!: number;
}
