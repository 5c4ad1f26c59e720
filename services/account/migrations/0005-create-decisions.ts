import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from '../../shared/db/append-only';

/**
 * What was answered to each decision of a person: a repeat is answered the same and decides
 * nothing. The id says who asked, for what, and with which \`Idempotency-Key\`.
 */
const DECISIONS = `
CREATE TABLE decisions (
  id uuid PRIMARY KEY,
  actor_id uuid NOT NULL,
  target text NOT NULL,
  -- What was asked, besides the target: the same key with another request is a mistake.
  request jsonb NOT NULL,
  -- As it was written, in its order: a repeat gets the same bytes.
  answer json NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now()
);
${appendOnly('decisions')}`;

/** Decisions that bear repetition. */
export class CreateDecisions1760000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DECISIONS);
  }

  /** Migrations only go forward: a repeated decision would be taken for a new one. */
  async down(): Promise<void> {
    await Promise.reject(new Error('Decisions are never dropped'));
  }
}
