import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The `number`-th assignment of a task, to an employee. Never updated, never deleted. */
@Entity('assignments')
export class Assignment {
  @PrimaryColumn('uuid', { name: 'task_id' })
  taskId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** Null when the task was dealt at creation. */
  @Column('uuid', { name: 'distribution_id', nullable: true })
  distributionId!: string | null;

  @Column({ type: 'timestamptz', name: 'assigned_at', precision: 3 })
  assignedAt!: Date;
}
