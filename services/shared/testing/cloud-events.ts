import type { EventContract } from '../contracts/event';
import { newId } from '../kernel/ids';

/** An event as the sidecar delivers it; `id` repeats an earlier one. */
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
