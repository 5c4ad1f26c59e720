import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../../shared/db/columns';

/** Version of the price formula, in force from `validFrom` until a newer one replaces it. */
@Entity('price_formulas')
export class PriceFormula {
  @PrimaryGeneratedColumn('identity', { type: 'integer' })
  version!: number;

  @Column('uuid')
  id!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('bigint', { name: 'price_min_cents', transformer: bigintColumn })
  priceMinCents!: bigint;

  @Column('bigint', { name: 'price_max_cents', transformer: bigintColumn })
  priceMaxCents!: bigint;

  /** Fee = price × write-off rate; a decimal string. */
  @Column('text', { name: 'write_off_rate' })
  writeOffRate!: string;

  /** Reward = price × accrual rate; a decimal string. */
  @Column('text', { name: 'accrual_rate' })
  accrualRate!: string;

  /** Null for the first formula. */
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
