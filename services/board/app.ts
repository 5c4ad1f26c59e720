import { databaseClock } from '../shared/db/database-clock';
import { operate } from '../shared/operations/operate';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import type { BoardEnv } from './config';
import type { BoardContext } from './context';
import { createBoardDatabase } from './data-source';
import { consumers } from './policies';
import { assignmentsRoutes } from './routes/assignments.routes';
import { comparedRowsRoutes } from './routes/compared-rows.routes';
import { distributionsRoutes } from './routes/distributions.routes';
import { taskDetailsRoutes } from './routes/task-details.routes';
import { tasksRoutes } from './routes/tasks.routes';

/** Composes the Board service; opens no connection. */
export function createBoard(env: BoardEnv, parts: Parts = createParts('board', env)): ServiceApp {
  const database = createBoardDatabase(env.DATABASE_URL);
  const board: BoardContext = {
    database,
    sidecar: parts.sidecar,
    now: databaseClock,
    currency: env.CURRENCY,
    calendar: { timeZone: env.BUSINESS_TIME_ZONE, cutOff: env.CUT_OFF },
    tasksPerDay: env.TASKS_PER_DAY,
  };
  const operations = operate({ parts, database, subscriptions: [], consumers });
  return {
    parts,
    database,
    routes: [
      ...tasksRoutes(board),
      ...assignmentsRoutes(board),
      ...distributionsRoutes(board),
      ...taskDetailsRoutes(board),
      ...comparedRowsRoutes(board),
      ...operations.routes,
    ],
    jobs: operations.jobs,
  };
}
