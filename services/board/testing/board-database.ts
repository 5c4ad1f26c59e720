import { activeEmployeeIds } from '../../shared/contracts/calls/user';
import { Sidecar } from '../../shared/dapr/sidecar';
import { query } from '../../shared/db/data-source';
import { systemClock } from '../../shared/kernel/clock';
import { Neighbours } from '../../shared/testing/neighbours';
import { createTestDatabase } from '../../shared/testing/test-database';
import type { BoardContext } from '../commands/context';
import { createBoardDatabase } from '../data-source';

/** What commands work with, on a database of the test's own. */
export interface BoardDatabase extends BoardContext {
  neighbours: Neighbours;
  /** Whom User names when asked whom tasks can be dealt to. */
  activeIds: string[];
  /** Runs SQL with the rights of the owner. */
  asOwner<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Migrates a database for a test of commands and queries; `options` are more words for
 * `CREATE DATABASE`.
 */
export async function startBoardDatabase(options = ''): Promise<BoardDatabase> {
  const neighbours = new Neighbours();
  const sidecar = new Sidecar({ port: await neighbours.start(), token: 'test-sidecar-token' });
  const testDatabase = await createTestDatabase(createBoardDatabase, options);
  const owner = await createBoardDatabase(testDatabase.ownerUrl).initialize();
  const activeIds: string[] = [];
  neighbours.answer(activeEmployeeIds, () => ({ ids: activeIds }));
  return {
    database: testDatabase.database,
    sidecar,
    clock: systemClock,
    currency: 'USD',
    neighbours,
    activeIds,
    asOwner: (sql, params) => query(owner, sql, params),
    async empty() {
      await query(owner, 'TRUNCATE tasks, task_texts, assignments, distributions, outbox');
      activeIds.length = 0;
    },
    async stop() {
      await owner.destroy();
      await sidecar.close();
      await neighbours.stop();
      await testDatabase.drop();
    },
  };
}
