import { askPrice } from '../../shared/contracts/calls/account';
import { activeEmployeeIds } from '../../shared/contracts/calls/user';
import { Sidecar } from '../../shared/dapr/sidecar';
import { query } from '../../shared/db/data-source';
import { databaseClock } from '../../shared/db/database-clock';
import { Neighbours } from '../../shared/testing/neighbours';
import { createTestDatabase } from '../../shared/testing/test-database';
import type { BoardContext } from '../context';
import { createBoardDatabase } from '../data-source';
import { PRICES } from './board-under-test';

const TASKS_PER_DAY = 1_000;

/** Dependencies of commands, with a database of the test's own. */
export interface BoardDatabase extends BoardContext {
  ownerUrl: string;
  neighbours: Neighbours;
  /** Ids that User answers when asked who can be dealt tasks. */
  activeIds: string[];
  /** Runs SQL as the owner role. */
  asOwner<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Creates a database for tests of commands and queries; `options` are added to `CREATE DATABASE`.
 */
export async function startBoardDatabase(options = ''): Promise<BoardDatabase> {
  const neighbours = new Neighbours();
  const sidecar = new Sidecar({ port: await neighbours.start(), token: 'test-sidecar-token' });
  const testDatabase = await createTestDatabase(createBoardDatabase, options);
  const owner = await createBoardDatabase(testDatabase.ownerUrl).initialize();
  const activeIds: string[] = [];
  const answerAll = (): void => {
    neighbours.answer(activeEmployeeIds, () => ({ ids: activeIds }));
    neighbours.answer(askPrice, ({ body }) => ({ taskId: body.taskId, ...PRICES }));
  };
  answerAll();
  return {
    database: testDatabase.database,
    sidecar,
    now: databaseClock,
    currency: 'USD',
    calendar: { timeZone: 'Europe/Moscow', cutOff: '18:00' },
    tasksPerDay: TASKS_PER_DAY,
    ownerUrl: testDatabase.ownerUrl,
    neighbours,
    activeIds,
    asOwner: (sql, params) => query(owner, sql, params),
    async empty() {
      await query(owner, 'TRUNCATE tasks, task_texts, assignments, distributions, outbox');
      activeIds.length = 0;
      answerAll();
      neighbours.calls.length = 0;
    },
    async stop() {
      await owner.destroy();
      await sidecar.close();
      await neighbours.stop();
      await testDatabase.drop();
    },
  };
}
