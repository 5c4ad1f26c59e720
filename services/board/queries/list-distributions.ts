import { LessThan } from 'typeorm';
import type { BoardContext } from '../context';
import { Distribution } from '../entities/distribution.entity';

/** Start of a page of distributions, and number of rows to read. */
export interface DistributionsPage {
  /** Last position of the previous page. */
  after: { position: string } | null;
  limit: number;
}

/** Returns the distributions, latest first. */
export async function listDistributions(
  { database }: BoardContext,
  { after, limit }: DistributionsPage,
): Promise<Distribution[]> {
  return database.manager.find(Distribution, {
    ...(after && { where: { position: LessThan(BigInt(after.position)) } }),
    order: { position: 'DESC' },
    take: limit,
  });
}
