import { taskAssigned } from '../../shared/contracts/events/tasks';
import { query, type Tx } from '../../shared/db/data-source';
import { Problem, conflict } from '../../shared/kernel/errors';
import { publishingContext } from '../../shared/messaging/outbox';
import { withActiveIds } from '../clients/active-ids';
import type { BoardContext } from '../context';
import type { Scope } from '../domain/distribution';
import type { Person } from '../domain/own-task';
import { Distribution } from '../entities/distribution.entity';
import { lastDistribution } from '../queries/last-distribution';
import { TASKS_IN_SCOPE } from '../queries/tasks-in-scope';
import { publishDistribution } from '../steps/publish-task-change';

const CONFLICT = 409;

export interface NewDistribution {
  id: string;
  scope: Scope;
  /** Last distribution that the author knows of, null for none; undefined skips the check. */
  after?: string | null | undefined;
}

/** Advisory lock key (arbitrary) that serialises distributions. */
export const DISTRIBUTION_LOCK = 727_002;

/** A hundred thousand tasks take seconds; a second distribution ends its lock wait long before. */
const DEALING_TIMEOUT_MS = 60_000;

/**
 * Settings of the current transaction. After a bulk insert the planner's statistics are stale: it
 * would choose a nested loop over all people for each task. A hash join is right for any number.
 */
const PREPARE = `
SELECT set_config('statement_timeout', '${DEALING_TIMEOUT_MS}', true),
       set_config('enable_nestloop', 'off', true)`;

/**
 * Returns the statement that deals all tasks of a scope, however many; none passes through this
 * process. Each task draws a random place in the list of people: once per task because random() is
 * volatile, only once because `drawn` is materialised. Of a distribution and a concurrent finish or
 * cancel of the same task, the later one sees the result of the earlier one.
 */
const dealOut = (scope: Scope): string => `
WITH people AS MATERIALIZED (
  SELECT user_id, row_number() OVER () AS place FROM unnest($1::uuid[]) AS user_id
), drawn AS MATERIALIZED (
  SELECT id AS task_id, assignee_id AS holder_id,
    1 + floor(random() * cardinality($1::uuid[]))::bigint AS place
  FROM tasks WHERE ${TASKS_IN_SCOPE[scope]}
), dealt AS (
  UPDATE tasks
  SET assignee_id = people.user_id, assignment_number = assignment_number + 1,
      assigned_at = $5::text::timestamptz, version = version + 1
  FROM drawn JOIN people USING (place)
  WHERE tasks.id = drawn.task_id AND tasks.status = 'open'
  RETURNING tasks.id AS task_id, tasks.assignee_id AS user_id, tasks.assignment_number AS number,
    holder_id, fee_cents
), assigned AS (
  INSERT INTO assignments (task_id, number, user_id, distribution_id, assigned_at)
  SELECT task_id, number, user_id, $2::uuid, $5::text::timestamptz FROM dealt
), told AS (
  INSERT INTO outbox (id, topic, type, subject, data, occurred_at, traceparent, request_id)
  SELECT uuid_v7(), $6, $7, task_id::text, jsonb_build_object(
    'taskId', task_id, 'userId', user_id, 'assignmentNumber', number,
    'assignedAt', $5::text, 'distributionId', $2::uuid
  ), $5::text::timestamptz, $8, $9 FROM dealt
), shares AS (
  SELECT user_id, count(*)::integer AS task_count, sum(fee_cents) AS fees_cents
  FROM dealt GROUP BY user_id
)
INSERT INTO distributions (id, scope, pressed_by, pressed_at, task_count, fees_cents, people)
SELECT $2::uuid, $3, $4::uuid, $5::text::timestamptz, coalesce(sum(task_count), 0),
  coalesce(sum(fees_cents), 0),
  coalesce(jsonb_agg(jsonb_build_object('userId', user_id, 'taskCount', task_count)
    ORDER BY task_count DESC, user_id), '[]')
FROM shares
RETURNING ARRAY(SELECT DISTINCT holder_id FROM dealt WHERE holder_id IS NOT NULL) AS holders`;

/**
 * Deals the open tasks of a scope at random, one distribution at a time. A repeat returns the
 * result of the first request. Throws 409 `nobody-active`, 409 `distributed-meanwhile` when there
 * was another distribution since `after`, 409 `id-taken`, 503 when User is away, 503
 * `dealing-delayed` when the wait for its turn made the active ids too old. Then nothing is done.
 */
export function distributeTasks(
  context: BoardContext,
  caller: Person,
  input: NewDistribution,
): Promise<Distribution> {
  const { id, scope, after } = input;
  return withActiveIds(context.sidecar, ({ ids, demandFresh }) =>
    context.database.transaction(async (tx) => {
      await query(tx, 'SELECT pg_advisory_xact_lock($1)', [DISTRIBUTION_LOCK]);
      const earlier = await tx.findOneBy(Distribution, { id });
      if (earlier) return repeated(earlier, caller, scope);
      if (after !== undefined) await refuseWhenOvertaken(tx, after);
      demandFresh();
      if (ids.length === 0) throw conflict('nobody-active', 'Nobody can be dealt a task now');
      const pressedAt = (await context.now(tx)).toISOString();
      const { topic, type } = taskAssigned;
      const event = [topic, type, ...publishingContext()];
      await query(tx, PREPARE);
      const values = [ids, id, scope, caller.id, pressedAt, ...event];
      const [dealt] = await query<{ holders: string[] }>(tx, dealOut(scope), values);
      const done = await tx.findOneByOrFail(Distribution, { id });
      await publishDistribution(tx, done, dealt!.holders);
      return done;
    }),
  );
}

function repeated(earlier: Distribution, caller: Person, scope: Scope): Distribution {
  if (earlier.pressedBy === caller.id && earlier.scope === scope) return earlier;
  throw conflict('id-taken', 'This id is taken');
}

/**
 * Throws 409 with the last distribution as a member `last`, naming who distributed when, unless
 * `after` is the last one.
 */
async function refuseWhenOvertaken(tx: Tx, after: string | null): Promise<void> {
  const last = await lastDistribution(tx);
  if ((last?.id ?? null) === after) return;
  const detail = last
    ? `${last.by} distributed at ${last.at} (${last.id})`
    : 'There was no distribution yet';
  const title = 'Tasks were distributed meanwhile';
  throw new Problem(CONFLICT, 'distributed-meanwhile', title, { detail, members: { last } });
}
