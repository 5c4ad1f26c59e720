import { join } from 'node:path';
import { ourEnvironment } from './environment';

/** Where programs that were fetched or built are kept for all checkouts of this person. */
export function personalCache(): string {
  const folder = ourEnvironment.cacheDirectory ?? join(ourEnvironment.home, '.cache');
  return join(folder, 'popug');
}
