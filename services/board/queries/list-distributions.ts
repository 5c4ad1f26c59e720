import { LessThan } from 'typeorm';
import type { BoardContext } from '../context';
import { Distribution } from '../entities/distribution.entity';

/** Where a page of distributions begins and how many rows to read. */
export interface DistributionsPage {
  /** The last position of the page before. */
  after: { position: string } | null;
  limit: number;
}

/** Who pressed the button when, and what it did; latest first. */
export async function listDistributions(
  { database }: Pick<BoardContext, 'database'>,
  { after, limit }: DistributionsPage,
): Promise<Distribution[]> {
  return database.manager.find(Distribution, {
    ...(after && { where: { position: LessThan(BigInt(after.position)) } }),
    order: { position: 'DESC' },
    take: limit,
  });
}
