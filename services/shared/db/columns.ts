import type { ValueTransformer } from 'typeorm';

/** Transformer of `bigint` columns: cents and positions are `bigint` in code. */
export const bigintColumn: ValueTransformer = {
  from: (value: string | bigint | null): bigint | null => (value === null ? null : BigInt(value)),
  to: (value: bigint | null | undefined): string | null | undefined =>
    typeof value === 'bigint' ? value.toString() : value,
};
