import { z } from 'zod';
import { moment, money, searchText, uuid, visibleText } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';

const MAX_TITLE = 250;
const MAX_SEARCH = 100;

const status = z.enum(['open', 'finished', 'cancelled']);
const title = visibleText(MAX_TITLE).meta({ example: '[UBERPOP-42] Change the button to green' });
const description = visibleText();

export const taskParams = z.strictObject({ id: uuid });

const scope = {
  view: z.enum(['mine', 'created', 'subordinates', 'all']).default('mine'),
  assignee: uuid.optional(),
  q: searchText(MAX_SEARCH).optional(),
};

export const tasksQuery = z.strictObject({
  ...scope,
  status: status.optional(),
  unassigned: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .meta({ description: 'Open tasks that nobody has' }),
  sort: z.enum(['createdAt', 'assignedAt']).default('createdAt'),
  ...pageQuery,
});

export const countsQuery = z.strictObject(scope);

export const countsView = z
  .object({ open: z.int(), finished: z.int(), cancelled: z.int(), unassigned: z.int() })
  .meta({ id: 'TaskCounts' });

export const loadQuery = z.strictObject({
  view: z.enum(['subordinates', 'all']).default('subordinates'),
});

export const loadView = z
  .object({
    items: z.array(
      z.object({
        userId: uuid,
        open: z.int(),
        oldestAssignedAt: moment.nullable(),
        finishedInDay: z.int(),
      }),
    ),
  })
  .meta({ id: 'TaskLoad' });

export const newTask = z.strictObject({
  id: uuid.optional(),
  title,
  description: description.nullable().default(null),
  deal: z
    .boolean()
    .default(false)
    .meta({ description: 'Deal it at once: needs the permission tasks.distribute' }),
});

export const taskEdit = z.strictObject({
  title: title.optional(),
  description: description.nullable().optional(),
});

export const taskView = z
  .object({
    id: uuid,
    title: z.string(),
    jiraId: z.string().nullable(),
    description: z.string().nullable(),
    status,
    assigneeId: uuid.nullable(),
    assignedAt: moment.nullable().meta({ description: 'When it was dealt last' }),
    assignmentNumber: z.int().meta({ description: 'How often it was dealt' }),
    createdBy: uuid,
    price: money,
    fee: money,
    reward: money,
    createdAt: moment,
    finishedAt: moment.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Task' });

export const tasksPage = pageOf(taskView);

/** Place of a task in a list, for cursors: each order has its own. */
export const taskPlaces = {
  createdAt: z.strictObject({ createdAt: moment, id: uuid }),
  assignedAt: z.strictObject({ assignedAt: moment.nullable(), id: uuid }),
};
