import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One step of a database's schema. Released, it is never edited: a database that has run it keeps
 * what it did.
 */
export interface Migration {
  /** As it is recorded in the table `migrations`: a name that ends in 13 digits, which order it. */
  name: string;
  /** Plain statements that take nothing from the code: sent to the server as one query. */
  sql: string;
  /** `false` for one statement that commits by itself, e.g. in batches. */
  transaction?: false;
}

/** The migration as a class, the only form in which TypeORM takes it. */
export function asTypeOrmMigration(migration: Migration): new () => MigrationInterface {
  const { name, sql, transaction } = migration;
  return class implements MigrationInterface, Migration {
    readonly name = name;
    readonly sql = sql;
    readonly transaction = transaction;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }

    async down(): Promise<void> {
      await Promise.reject(new Error('Migrations only go forward: restore a backup instead'));
    }
  };
}
