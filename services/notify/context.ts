import type { Logger } from '../shared/observability/logger';
import type { Channel } from './clients/channel';
import type { SentLetters } from './clients/sent-letters';

/** Dependencies of the commands. */
export interface NotifyContext {
  sentLetters: SentLetters;
  channel: Channel;
  logger: Logger;
}
