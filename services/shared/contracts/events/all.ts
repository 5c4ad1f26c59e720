import type { EventContract } from '../event';
import { accountCreated } from './accounts';
import { thingsChanged } from './hints';
import { taskAssigned, taskFinished } from './tasks';
import { userActivated, userCreated, userDeactivated, userUpdated } from './users';

/** All events; the generated schemas and the compatibility test read this list. */
export const allEvents: readonly EventContract<object>[] = [
  userCreated,
  userActivated,
  userUpdated,
  userDeactivated,
  accountCreated,
  taskAssigned,
  taskFinished,
  thingsChanged,
];
