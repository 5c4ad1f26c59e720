import { z } from 'zod';
import { moment, money, uuid } from '../../../shared/contracts/fields';

const MAX_RATE_LENGTH = 7;

/** Maximum of PostgreSQL's `integer`; a forged cursor may exceed it. */
const MAX_VERSION = 2_147_483_647;

/** Decimal from 0 to 10 with up to four places; checked by the command. */
export const rate = z.string().max(MAX_RATE_LENGTH).meta({ example: '0.5' });

export const formulaView = z
  .object({
    version: z.int(),
    validFrom: moment,
    priceMin: money,
    priceMax: money,
    writeOffRate: rate,
    accrualRate: rate,
    createdBy: uuid.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'PriceFormula' });

export const formulaPlace = z.strictObject({ version: z.int().min(1).max(MAX_VERSION) });

const MAX_DIGITS = 10;

export const formulaParams = z.strictObject({
  version: z
    .string()
    .regex(new RegExp(`^[1-9]\\d{0,${MAX_DIGITS - 1}}$`))
    .transform(Number)
    .pipe(z.number().int().min(1).max(MAX_VERSION))
    .meta({ type: 'integer', minimum: 1 }),
});
