import type { Migration } from '../../shared/db/migration';

/** Skeletons of nicknames that a previous version changes are computed again. */
export const noticeNamesWithoutLooks: Migration = {
  name: 'NoticeNamesWithoutLooks1760000000007',
  sql: `
-- The previous version changes a nickname without its skeleton. The trigger sets the skeleton to
-- null, and the job computes it again.
CREATE FUNCTION forget_old_skeletons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.nickname_skeletons = NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER users_forget_old_skeletons BEFORE UPDATE OF nickname ON users FOR EACH ROW
WHEN (NEW.nickname <> OLD.nickname
  AND NEW.nickname_skeletons IS NOT DISTINCT FROM OLD.nickname_skeletons)
EXECUTE FUNCTION forget_old_skeletons();
`,
};
