import type { EventContract } from '../contracts/event';
import { newId } from '../kernel/ids';

/** Returns an event as the sidecar delivers it; a given `id` repeats an earlier event. */
export function cloudEventOf<Data extends object>(
  contract: EventContract<Data>,
  data: Data,
  id: string = newId(),
): object {
  return {
    specversion: '1.0',
    id,
    type: contract.type,
    source: 'test',
    topic: contract.topic,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}
