import type { StateStore } from '../shared/dapr/state';
import type { Logger } from '../shared/observability/logger';
import type { Channel } from './clients/channel';

/** Dependencies of the commands. */
export interface NotifyContext {
  /** Where it is kept which letters were sent. */
  store: StateStore;
  channel: Channel;
  logger: Logger;
}
