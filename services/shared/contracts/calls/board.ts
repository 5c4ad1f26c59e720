import { z } from 'zod';
import { defineCall } from '../call';
import { uuid } from '../fields';
import { MAX_PAGE } from '../paging';

const TIMEOUT_MS = 2_000;
const taskId = '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e';

/** Account asks for the texts of the tasks on a page of a statement; unknown ids are left out. */
export const taskDetails = defineCall({
  app: 'board',
  method: 'POST',
  path: '/task-details',
  request: z.strictObject({ taskIds: z.array(uuid).max(MAX_PAGE) }),
  response: z.object({
    tasks: z.array(z.object({ id: uuid, title: z.string(), jiraId: z.string().nullable() })),
  }),
  example: {
    request: { taskIds: [taskId] },
    response: { tasks: [{ id: taskId, title: 'Change the button', jiraId: 'UBERPOP-42' }] },
  },
  timeoutMs: TIMEOUT_MS,
});
