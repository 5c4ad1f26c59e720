import type { z } from 'zod';
import { toMoney } from '../../shared/kernel/money';
import type { readTask } from '../queries/read-task';
import type { taskLoad } from '../queries/task-load';
import type { loadView, taskView } from './tasks.schemas';

type Task = Awaited<ReturnType<typeof readTask>>;

/** Returns the API's view of a task. */
export function presentTask(task: Task, currency: string): z.infer<typeof taskView> {
  return {
    id: task.id,
    title: task.title,
    jiraId: task.jiraId,
    description: task.description,
    status: task.status,
    assigneeId: task.assigneeId,
    assignedAt: task.assignedAt?.toISOString() ?? null,
    assignmentNumber: task.assignmentNumber,
    createdBy: task.createdBy,
    price: toMoney(task.priceCents, currency),
    fee: toMoney(task.feeCents, currency),
    reward: toMoney(task.rewardCents, currency),
    createdAt: task.createdAt.toISOString(),
    finishedAt: task.finishedAt?.toISOString() ?? null,
    version: task.version,
  };
}

type Load = Awaited<ReturnType<typeof taskLoad>>;

/** Returns the API's view of the load of people. */
export function presentLoad(people: Load): z.infer<typeof loadView> {
  return {
    items: people.map(({ oldestAssignedAt, ...rest }) => ({
      ...rest,
      oldestAssignedAt: oldestAssignedAt?.toISOString() ?? null,
    })),
  };
}
