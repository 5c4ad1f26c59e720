import { askPrice } from '../../shared/contracts/calls/account';
import { activeEmployeeIds, subordinateIds } from '../../shared/contracts/calls/user';
import type { Database } from '../../shared/db/data-source';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { Neighbours } from '../../shared/testing/neighbours';
import { startUnderTest } from '../../shared/testing/service-under-test';
import type { TestClient } from '../../shared/testing/test-service';
import { createBoard } from '../app';
import { readBoardEnv } from '../config';
import { createBoardDatabase } from '../data-source';

export const PRICES = {
  price: { amount: '2751', currency: 'USD' },
  fee: { amount: '1376', currency: 'USD' },
  reward: { amount: '2751', currency: 'USD' },
};

/** Tasks that one person may create between two cut-offs. */
export const TASKS_PER_DAY = 40;

/** Board over HTTP, with a database of its own; `neighbours` play Account and User. */
export interface BoardUnderTest {
  client: TestClient;
  database: Database;
  neighbours: Neighbours;
  /** Ids that User answers when asked who can be dealt tasks. */
  activeIds: string[];
  /** Empties the tables and restores the neighbours' first answers. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Board. Account answers `PRICES` for every task. */
export async function startBoard(): Promise<BoardUnderTest> {
  const board = await startUnderTest({
    name: 'board',
    readEnv: readBoardEnv,
    create: createBoard,
    createDatabase: createBoardDatabase,
    environment: { TASKS_PER_DAY: String(TASKS_PER_DAY) },
  });
  const { neighbours } = board;
  const owner = await createBoardDatabase(board.test!.ownerUrl).initialize();
  const activeIds = [newId(), newId(), newId()];
  const reset = async (): Promise<void> => {
    await query(owner, 'TRUNCATE tasks, task_texts, assignments, distributions, outbox');
    neighbours.answer(askPrice, ({ body }) => ({ taskId: body.taskId, ...PRICES }));
    neighbours.answer(activeEmployeeIds, () => ({ ids: activeIds }));
    neighbours.answer(subordinateIds, () => ({ ids: [] }));
    neighbours.calls.length = 0;
  };
  await reset();
  return {
    client: board.client,
    database: board.app.database!,
    neighbours,
    activeIds,
    reset,
    async stop() {
      await owner.destroy();
      await board.stop();
    },
  };
}
