import { query, type Tx } from '../../../shared/db/data-source';

/** Advisory lock key (arbitrary): draws of prices share the lock, a withdrawal takes it alone. */
const FORMULAS_LOCK = 727_101;

/**
 * Orders draws of prices and withdrawals of formulas: a draw sees every committed withdrawal, and a
 * withdrawal waits for draws by a formula that has just come into force.
 */
export async function lockFormulas(tx: Tx, why: 'to draw' | 'to withdraw'): Promise<void> {
  const shared = why === 'to draw' ? '_shared' : '';
  await query(tx, `SELECT pg_advisory_xact_lock${shared}($1)`, [FORMULAS_LOCK]);
}
