import { createDataSource, type Database } from '../shared/db/data-source';
import { Assignment } from './entities/assignment.entity';
import { Distribution } from './entities/distribution.entity';
import { Task } from './entities/task.entity';
import { CreateBoard1760000000001 } from './migrations/0001-create-board';
import { SearchTasks1760000000002 } from './migrations/0002-search-tasks';
import { FillTaskTexts1760000000003 } from './migrations/0003-fill-task-texts';
import { ComposeTexts1760000000004 } from './migrations/0004-compose-texts';

/** Returns Board's data source, not connected yet. */
export function createBoardDatabase(url: string): Database {
  return createDataSource({
    service: 'board',
    url,
    entities: [Task, Assignment, Distribution],
    migrations: [
      CreateBoard1760000000001,
      SearchTasks1760000000002,
      FillTaskTexts1760000000003,
      ComposeTexts1760000000004,
    ],
  });
}
