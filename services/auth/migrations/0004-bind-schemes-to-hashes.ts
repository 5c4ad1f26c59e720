import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A hash is of the prepared text when it stands here too. A version that does not know the column
 * replaces one of the two, and what it writes is taken for what it is: of the text as typed.
 */
const BIND = `
ALTER TABLE credentials ADD COLUMN prepared_hash text;
UPDATE credentials SET prepared_hash = beak_shape_hash WHERE scheme = 1;
ALTER TABLE credentials DROP COLUMN scheme;`;

/** How the text of a hash was written is bound to the hash. */
export class BindSchemesToHashes1760000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BIND);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Without the scheme of a hash nobody could be let in'));
  }
}
