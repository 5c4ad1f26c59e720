import { demand } from '../../shared/http/caller';
import { createdId } from '../../shared/http/created-id';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { created, ok, RouteTable, type Answer, type Route } from '../../shared/http/route';
import { cancelTask } from '../commands/cancel-task';
import { createTask } from '../commands/create-task';
import { editTask } from '../commands/edit-task';
import { finishTask } from '../commands/finish-task';
import type { BoardContext } from '../context';
import { policies } from '../policies';
import { countTasks } from '../queries/count-tasks';
import { listTasks, type TaskPlace } from '../queries/list-tasks';
import { readTask } from '../queries/read-task';
import { taskLoad } from '../queries/task-load';
import { presentLoad, presentTask } from './tasks.presenter';
import * as schemas from './tasks.schemas';

const tag = 'tasks';
type Task = Parameters<typeof presentTask>[0];

/** Returns the routes of tasks. */
export function tasksRoutes(board: BoardContext): readonly Route[] {
  return [...listedTasks(board), ...singleTasks(board)];
}

function listedTasks(board: BoardContext): readonly Route[] {
  const present = (task: Task): object => presentTask(task, board.currency);
  return new RouteTable(policies)
    .on('GET /tasks', {
      summary: 'Tasks, newest first: mine unless another view is named',
      tag,
      query: schemas.tasksQuery,
      answers: { 200: schemas.tasksPage },
      handle: async ({ query: { cursor, limit, ...filter }, caller }) => {
        if (filter.view === 'all') demand(caller, 'tasks.view-all');
        const { sort } = filter;
        const after = decodeCursor<TaskPlace>(cursor, schemas.taskPlaces[sort]);
        const tasks = await listTasks(board, caller, { ...filter, after, limit: limit + 1 });
        const placeOf = (task: Task): object => ({ [sort]: task[sort], id: task.id });
        return ok(toPage(tasks, limit, present, placeOf));
      },
    })
    .on('GET /tasks/counts', {
      summary: 'How many tasks are in each state',
      tag,
      query: schemas.countsQuery,
      answers: { 200: schemas.countsView },
      handle: async ({ query, caller }) => {
        if (query.view === 'all') demand(caller, 'tasks.view-all');
        return ok(await countTasks(board, caller, query));
      },
    })
    .on('GET /tasks/load', {
      summary: 'Who has how much to do, people without tasks too',
      tag,
      query: schemas.loadQuery,
      answers: { 200: schemas.loadView },
      handle: async ({ query: { view }, caller }) => {
        if (view === 'all') demand(caller, 'tasks.view-all');
        return ok(presentLoad(await taskLoad(board, caller, view)));
      },
    }).routes;
}

function singleTasks(board: BoardContext): readonly Route[] {
  const present = (task: Task): object => presentTask(task, board.currency);
  const answerWith = (task: Task): Answer => ok(present(task), task.version);
  return new RouteTable(policies)
    .on('POST /tasks', {
      summary: 'Create a task; its price is drawn once',
      tag,
      body: schemas.newTask,
      answers: { 201: schemas.taskView },
      handle: async (request) => {
        if (request.body.deal) demand(request.caller, 'tasks.distribute');
        const input = { ...request.body, id: createdId(request) };
        const task = await createTask(board, request.caller, input);
        return created(present(task), task.version);
      },
    })
    .on('GET /tasks/{id}', {
      summary: 'One task',
      tag,
      params: schemas.taskParams,
      answers: { 200: schemas.taskView },
      handle: async ({ params, caller }) => answerWith(await readTask(board, caller, params.id)),
    })
    .on('PATCH /tasks/{id}', {
      summary: 'Correct the texts of an open task',
      tag,
      params: schemas.taskParams,
      body: schemas.taskEdit,
      answers: { 200: schemas.taskView },
      handle: async ({ params, body, caller, ifMatch }) =>
        answerWith(await editTask(board, caller, params.id, ifMatch!, body)),
    })
    .on('POST /tasks/{id}/finish', {
      summary: 'Finish my task: the reward is mine',
      tag,
      params: schemas.taskParams,
      answers: { 200: schemas.taskView },
      handle: async ({ params, caller }) => answerWith(await finishTask(board, caller, params.id)),
    })
    .on('POST /tasks/{id}/cancel', {
      summary: 'Cancel an open task; fees paid for it stay paid',
      tag,
      params: schemas.taskParams,
      answers: { 200: schemas.taskView },
      handle: async ({ params, caller }) => answerWith(await cancelTask(board, caller, params.id)),
    }).routes;
}
