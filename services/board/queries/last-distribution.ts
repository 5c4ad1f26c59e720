import type { Tx } from '../../shared/db/data-source';
import { Distribution } from '../entities/distribution.entity';

/** Last distribution, as it is shown to whoever is about to press the button. */
export interface LastDistribution {
  id: string;
  by: string;
  /** ISO 8601. */
  at: string;
}

/** Returns the last distribution, or null before the first. */
export async function lastDistribution(tx: Tx): Promise<LastDistribution | null> {
  const [last] = await tx.find(Distribution, { order: { position: 'DESC' }, take: 1 });
  return last ? { id: last.id, by: last.pressedBy, at: last.pressedAt.toISOString() } : null;
}
