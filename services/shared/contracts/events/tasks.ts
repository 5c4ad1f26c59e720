import { z } from 'zod';
import { defineEvent, type DataOf } from '../event';
import { moment, uuid } from '../fields';

/** Fact: a task was dealt to an employee; Account charges the fee. Applied once, in any order. */
export const taskAssigned = defineEvent({
  type: 'TaskAssigned.v1',
  topic: 'tasks',
  schema: z.object({
    taskId: uuid,
    userId: uuid,
    /** 1 for the first time the task was dealt, 2 for the second … */
    assignmentNumber: z.int().min(1),
    assignedAt: moment,
    /** Distribution that dealt the task; null when the task was dealt at creation. */
    distributionId: uuid.nullable(),
  }),
  example: {
    taskId: '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e',
    userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e',
    assignmentNumber: 1,
    assignedAt: '2026-03-02T09:30:00.000Z',
    distributionId: null,
  },
});
export type TaskAssigned = DataOf<typeof taskAssigned>;

/** Fact: the assignee finished a task; Account pays the reward. */
export const taskFinished = defineEvent({
  type: 'TaskFinished.v1',
  topic: 'tasks',
  schema: z.object({ taskId: uuid, userId: uuid, finishedAt: moment }),
  example: {
    taskId: '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e',
    userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e',
    finishedAt: '2026-03-02T14:05:00.000Z',
  },
});
