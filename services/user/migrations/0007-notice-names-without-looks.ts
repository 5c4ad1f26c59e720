import type { Migration } from '../../shared/db/migration';

/** Names that an older version changes are compared by sight as well. */
export const noticeNamesWithoutLooks: Migration = {
  name: 'NoticeNamesWithoutLooks1760000000007',
  sql: `
-- A version that does not know of skeletons leaves those of the name before. Null is what the job
-- fills; a name that looks like the one before it is filled once more, for nothing.
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
