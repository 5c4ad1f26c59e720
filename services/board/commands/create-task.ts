import { randomInt } from 'node:crypto';
import { taskAssigned } from '../../shared/contracts/events/tasks';
import type { Tx } from '../../shared/db/data-source';
import { isUniqueViolation } from '../../shared/db/errors';
import { conflict } from '../../shared/kernel/errors';
import { derivedId } from '../../shared/kernel/ids';
import { invariant } from '../../shared/kernel/invariant';
import type { Money } from '../../shared/kernel/money';
import { event, publish } from '../../shared/messaging/outbox';
import { askTaskPrice } from '../clients/account';
import { askActiveEmployeeIds } from '../clients/user';
import type { Person } from '../domain/own-task';
import { parseTitle } from '../domain/title';
import { Assignment } from '../entities/assignment.entity';
import { Task } from '../entities/task.entity';
import type { BoardContext } from './context';

export interface NewTask {
  id: string;
  /** With `[jira-id]` in front, if it has one. */
  title: string;
  description: string | null;
  /** Deal it at once to a random active employee; with nobody there it is created all the same. */
  deal: boolean;
}

/**
 * Creates a task at the price that Account draws for it. The same request again answers with the
 * task it made. Throws 400 for a bad title, 409 when the id is taken, 503 without a price.
 */
export async function createTask(
  board: BoardContext,
  caller: Person,
  input: NewTask,
): Promise<Task> {
  const title = parseTitle(input.title);
  const assigneeId = input.deal ? anyOf(await askActiveEmployeeIds(board.sidecar)) : null;
  const { price, fee, reward } = await askTaskPrice(board.sidecar, input.id);
  const cents = (money: Money): bigint => centsOf(money, board.currency);
  const createdAt = board.clock();
  const task: Task = {
    ...title,
    id: input.id,
    description: input.description,
    status: 'open',
    assigneeId,
    assignmentNumber: assigneeId === null ? 0 : 1,
    createdBy: caller.id,
    priceCents: cents(price),
    feeCents: cents(fee),
    rewardCents: cents(reward),
    requestFingerprint: fingerprintOf(caller, input),
    createdAt,
    finishedAt: null,
    version: 1,
  };
  try {
    await board.database.transaction((tx) => insertTask(tx, task));
    return task;
  } catch (error) {
    if (!isUniqueViolation(error, 'tasks_pkey')) throw error;
    return readRepeated(board, task);
  }
}

async function insertTask(tx: Tx, task: Task): Promise<void> {
  await tx.insert(Task, task);
  if (task.assigneeId === null) return;
  const assignment: Assignment = {
    taskId: task.id,
    number: task.assignmentNumber,
    userId: task.assigneeId,
    distributionId: null,
    assignedAt: task.createdAt,
  };
  await tx.insert(Assignment, assignment);
  const { number: assignmentNumber, assignedAt, ...rest } = assignment;
  const data = { ...rest, assignmentNumber, assignedAt: assignedAt.toISOString() };
  await publish(tx, [event(taskAssigned, task.id, data, assignedAt)]);
}

/** The task that the same request made before. Throws 409 when another request made it. */
async function readRepeated({ database }: BoardContext, task: Task): Promise<Task> {
  const { id, requestFingerprint } = task;
  const earlier = await database.manager.findOneBy(Task, { id, requestFingerprint });
  if (!earlier) throw conflict('id-taken', 'This id is taken');
  return earlier;
}

function fingerprintOf(caller: Person, { title, description, deal }: NewTask): string {
  return derivedId(caller.id, JSON.stringify({ title, description, deal }));
}

function anyOf(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : ids[randomInt(ids.length)]!;
}

function centsOf({ amount, currency }: Money, ours: string): bigint {
  invariant(currency === ours, `Account keeps its books in ${currency}, Board in ${ours}`);
  return BigInt(amount);
}
