import type { UserSnapshot } from '../../../shared/contracts/events/users';
import { query, type Tx } from '../../../shared/db/data-source';

const UPSERT = `
INSERT INTO nicknames (user_id, nickname, version)
SELECT DISTINCT ON (user_id) user_id, nickname, version
FROM unnest($1::uuid[], $2::text[], $3::integer[]) AS snapshot (user_id, nickname, version)
ORDER BY user_id, version DESC
ON CONFLICT (user_id) DO UPDATE SET nickname = EXCLUDED.nickname, version = EXCLUDED.version
WHERE nicknames.version < EXCLUDED.version`;

/**
 * Stores nicknames for analytics. A snapshot that is not newer than the stored version is ignored.
 */
export async function rememberNicknames(
  tx: Tx,
  snapshots: readonly Pick<UserSnapshot, 'userId' | 'nickname' | 'version'>[],
): Promise<void> {
  await query(tx, UPSERT, [
    snapshots.map(({ userId }) => userId),
    snapshots.map(({ nickname }) => nickname),
    snapshots.map(({ version }) => version),
  ]);
}
