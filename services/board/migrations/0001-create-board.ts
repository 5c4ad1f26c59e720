import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REFUSE_CHANGE } from '../../shared/db/append-only';
import { GRANT_APP_ROLE, revokeFromApp } from '../../shared/db/grants';
import { CREATE_MESSAGING_TABLES } from '../../shared/messaging/tables';

/** Times have milliseconds, because cursors carry them as JavaScript dates. */
const CREATE_TASKS = `
CREATE TABLE tasks (
  id uuid PRIMARY KEY,
  jira_id text CHECK (jira_id <> ''),
  title text NOT NULL CHECK (title <> '' AND title !~ '[][]'),
  description text,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'finished', 'cancelled')),
  assignee_id uuid,
  assignment_number integer NOT NULL DEFAULT 0 CHECK (assignment_number >= 0),
  created_by uuid NOT NULL,
  price_cents bigint NOT NULL CHECK (price_cents > 0),
  fee_cents bigint NOT NULL CHECK (fee_cents >= 0),
  reward_cents bigint NOT NULL CHECK (reward_cents >= 0),
  request_fingerprint uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  CONSTRAINT tasks_finished_at_iff_finished CHECK ((status = 'finished') = (finished_at IS NOT NULL)),
  CONSTRAINT tasks_assignee_iff_dealt CHECK ((assignee_id IS NOT NULL) = (assignment_number > 0)),
  CONSTRAINT tasks_finished_by_assignee CHECK (status <> 'finished' OR assignee_id IS NOT NULL)
);
CREATE INDEX tasks_newest ON tasks (created_at DESC, id DESC);
CREATE INDEX tasks_of_assignee ON tasks (assignee_id, created_at DESC, id DESC);
CREATE INDEX tasks_of_creator ON tasks (created_by, created_at DESC, id DESC);
CREATE INDEX tasks_open ON tasks (id) WHERE status = 'open'`;

/** Origin and price of a task never change; a finished or cancelled task is never updated. */
const GUARD_TASKS = `
${REFUSE_CHANGE}
CREATE TRIGGER tasks_origin_is_fixed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN ((OLD.id, OLD.created_by, OLD.created_at, OLD.request_fingerprint)
  IS DISTINCT FROM (NEW.id, NEW.created_by, NEW.created_at, NEW.request_fingerprint))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER tasks_price_is_fixed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN ((OLD.price_cents, OLD.fee_cents, OLD.reward_cents)
  IS DISTINCT FROM (NEW.price_cents, NEW.fee_cents, NEW.reward_cents))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER tasks_closed_stay_closed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN (OLD.status <> 'open')
EXECUTE FUNCTION refuse_change()`;

/** `position` is the order of distributions: only one runs at a time. */
const CREATE_DISTRIBUTIONS = `
CREATE TABLE distributions (
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('unassigned', 'open')),
  pressed_by uuid NOT NULL,
  pressed_at timestamptz(3) NOT NULL,
  task_count integer NOT NULL CHECK (task_count >= 0),
  people jsonb NOT NULL CHECK (jsonb_typeof(people) = 'array')
)`;

const CREATE_ASSIGNMENTS = `
CREATE TABLE assignments (
  task_id uuid NOT NULL REFERENCES tasks,
  number integer NOT NULL CHECK (number > 0),
  user_id uuid NOT NULL,
  distribution_id uuid REFERENCES distributions,
  assigned_at timestamptz(3) NOT NULL,
  PRIMARY KEY (task_id, number)
)`;

/** Creates tasks, assignments, distributions and the tables of messaging. */
export class CreateBoard1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_MESSAGING_TABLES);
    await runner.query(CREATE_TASKS);
    await runner.query(GUARD_TASKS);
    await runner.query(CREATE_DISTRIBUTIONS);
    await runner.query(CREATE_ASSIGNMENTS);
    await runner.query(revokeFromApp('DELETE', 'tasks'));
    await runner.query(revokeFromApp('UPDATE, DELETE', 'distributions'));
    await runner.query(revokeFromApp('UPDATE, DELETE', 'assignments'));
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('tasks and who had them are history: not to be dropped'));
  }
}
