import { createDataSource, type Database } from '../shared/db/data-source';
import { Assignment } from './entities/assignment.entity';
import { Distribution } from './entities/distribution.entity';
import { Task } from './entities/task.entity';
import { createBoard } from './migrations/0001-create-board';
import { searchTasks } from './migrations/0002-search-tasks';
import { fillTaskTexts } from './migrations/0003-fill-task-texts';
import { composeTexts } from './migrations/0004-compose-texts';
import { indexByBlocks } from './migrations/0005-index-by-blocks';
import { sayWhenDealt } from './migrations/0006-say-when-dealt';
import { fillWhenDealt } from './migrations/0007-fill-when-dealt';
import { indexLastDealt } from './migrations/0008-index-last-dealt';
import { indexLastDealtTo } from './migrations/0009-index-last-dealt-to';
import { indexFinished } from './migrations/0010-index-finished';
import { mendIndexes } from './migrations/0011-mend-indexes';
import { operate } from './migrations/0012-operate';

/** Returns Board's data source, not connected yet. */
export function createBoardDatabase(url: string): Database {
  return createDataSource({
    service: 'board',
    url,
    entities: [Task, Assignment, Distribution],
    migrations: [
      createBoard,
      searchTasks,
      fillTaskTexts,
      composeTexts,
      indexByBlocks,
      sayWhenDealt,
      fillWhenDealt,
      indexLastDealt,
      indexLastDealtTo,
      indexFinished,
      mendIndexes,
      operate,
    ],
  });
}
