import type { z } from 'zod';
import { toMoney } from '../../shared/kernel/money';
import type { readTask } from '../queries/read-task';
import type { taskView } from './tasks.schemas';

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
    createdBy: task.createdBy,
    price: toMoney(task.priceCents, currency),
    fee: toMoney(task.feeCents, currency),
    reward: toMoney(task.rewardCents, currency),
    createdAt: task.createdAt.toISOString(),
    finishedAt: task.finishedAt?.toISOString() ?? null,
    version: task.version,
  };
}
