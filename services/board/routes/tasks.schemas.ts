import { z } from 'zod';
import {
  moment,
  money,
  pageOf,
  pageQuery,
  searchText,
  uuid,
  visibleText,
} from '../../shared/contracts/fields';

const MAX_TITLE = 250;
const MAX_SEARCH = 100;

const status = z.enum(['open', 'finished', 'cancelled']);
const title = visibleText(MAX_TITLE).meta({ example: '[UBERPOP-42] Change the button to green' });
const description = visibleText();

export const taskParams = z.strictObject({ id: uuid });

export const tasksQuery = z.strictObject({
  view: z.enum(['mine', 'created', 'subordinates', 'all']).default('mine'),
  status: status.optional(),
  assignee: uuid.optional(),
  q: searchText(MAX_SEARCH).optional(),
  ...pageQuery,
});

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

/** Place of a task in a list, for cursors. */
export const taskPlace = z.strictObject({ createdAt: moment, id: uuid });
