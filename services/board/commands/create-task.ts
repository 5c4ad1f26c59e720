import { randomInt } from 'node:crypto';
import { taskAssigned } from '../../shared/contracts/events/tasks';
import type { Tx } from '../../shared/db/data-source';
import { isUniqueViolation } from '../../shared/db/errors';
import { conflict } from '../../shared/kernel/errors';
import { derivedId } from '../../shared/kernel/ids';
import { invariant } from '../../shared/kernel/invariant';
import type { Money } from '../../shared/kernel/money';
import { event, type NewEvent } from '../../shared/messaging/outbox';
import { askTaskPrice, type TaskPrice } from '../clients/account';
import { withActiveIds, type ActiveIds } from '../clients/active-ids';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import { parseTitle } from '../domain/title';
import { Assignment } from '../entities/assignment.entity';
import { Task } from '../entities/task.entity';
import { taskLimitReached } from '../queries/task-limit-reached';
import { demandTaskLimit } from '../steps/demand-task-limit';
import { publishTaskChange } from '../steps/publish-task-change';

export interface NewTask {
  id: string;
  /** With `[jira-id]` in front, if any. */
  title: string;
  description: string | null;
  /** Deal the task at once to a random active employee; created all the same when there is none. */
  deal: boolean;
}

/**
 * Creates a task at the price that Account draws. A repeat returns the task of the first request.
 * Throws 400 for a bad title, 409 `id-taken`, 429 `too-many-tasks` when the caller created too many
 * since the last cut-off, 503 when Account or User is away, 503 `dealing-delayed`.
 */
export async function createTask(
  context: BoardContext,
  caller: Person,
  input: NewTask,
): Promise<Task> {
  const title = parseTitle(input.title);
  const { id, description } = input;
  const origin = { id, createdBy: caller.id, requestFingerprint: fingerprintOf(caller, input) };
  // In this order: when the count includes the first request, its repeat is found.
  const refusal = await taskLimitReached(context, caller.id, await context.now(context.database));
  const earlier = await findRepeated(context, origin);
  if (earlier) return earlier;
  if (refusal) throw refusal;
  const prices = pricesOf(await askTaskPrice(context.sidecar, id), context.currency);
  const newTask = { ...title, ...origin, ...prices, description };
  try {
    if (!input.deal) return await insertTask(context, newTask, null);
    return await withActiveIds(context.sidecar, (active) => insertTask(context, newTask, active));
  } catch (error) {
    const repeated =
      isUniqueViolation(error, 'tasks_pkey') && (await findRepeated(context, origin));
    if (!repeated) throw error;
    return repeated;
  }
}

type Origin = Pick<Task, 'id' | 'createdBy' | 'requestFingerprint'>;
type Prices = Pick<Task, 'priceCents' | 'feeCents' | 'rewardCents'>;
type Agreed = Origin & Prices & Pick<Task, 'jiraId' | 'title' | 'description'>;

/** Inserts the task, assigned to a random one of the active people, if any. */
function insertTask(
  context: BoardContext,
  agreed: Agreed,
  active: ActiveIds | null,
): Promise<Task> {
  const assigneeId = active && anyOf(active.ids);
  return context.database.transaction(async (tx) => {
    const createdAt = await context.now(tx);
    const task: Task = {
      ...agreed,
      status: 'open',
      assigneeId,
      assignmentNumber: assigneeId === null ? 0 : 1,
      assignedAt: assigneeId === null ? null : createdAt,
      createdAt,
      finishedAt: null,
      version: 1,
    };
    // Insert before counting, so that a repeat is a duplicate key and not a task too many.
    await tx.insert(Task, task);
    await demandTaskLimit(tx, context, task.createdBy, createdAt);
    active?.demandFresh();
    const facts = assigneeId === null ? [] : [await assign(tx, task, assigneeId)];
    await publishTaskChange(tx, task, createdAt, facts);
    return task;
  });
}

/** Inserts the assignment; returns its event. */
async function assign(tx: Tx, task: Task, userId: string): Promise<NewEvent> {
  const assignment: Assignment = {
    taskId: task.id,
    number: task.assignmentNumber,
    userId,
    distributionId: null,
    assignedAt: task.createdAt,
  };
  await tx.insert(Assignment, assignment);
  const { number: assignmentNumber, assignedAt, ...rest } = assignment;
  const data = { ...rest, assignmentNumber, assignedAt: assignedAt.toISOString() };
  return event(taskAssigned, task.id, data, assignedAt);
}

/** Returns the task of an equal earlier request, or null. Throws 409 `id-taken` for another one. */
async function findRepeated({ database }: BoardContext, origin: Origin): Promise<Task | null> {
  const earlier = await database.manager.findOneBy(Task, { id: origin.id });
  if (earlier && earlier.requestFingerprint !== origin.requestFingerprint) {
    throw conflict('id-taken', 'This id is taken');
  }
  return earlier;
}

function fingerprintOf(caller: Person, { title, description, deal }: NewTask): string {
  return derivedId(caller.id, JSON.stringify({ title, description, deal }));
}

function anyOf(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : ids[randomInt(ids.length)]!;
}

function pricesOf({ price, fee, reward }: TaskPrice, ours: string): Prices {
  const cents = ({ amount, currency }: Money): bigint => {
    invariant(currency === ours, `Account keeps its books in ${currency}, Board in ${ours}`);
    return BigInt(amount);
  };
  return { priceCents: cents(price), feeCents: cents(fee), rewardCents: cents(reward) };
}
