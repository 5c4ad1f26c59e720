import type { Migration } from '../../shared/db/migration';

/** Search of titles by substring, independent of the server's locale. */
export const searchTasks: Migration = {
  name: 'SearchTasks1760000000002',
  sql: `
-- Case-insensitive substring search that does not depend on the server's locale, as ILIKE and the
-- trigrams of pg_trgm do: with locale C those know ASCII letters only.
-- search_key: compatibility forms composed (NFKC), upper case by ICU's root locale. Lower case
-- would depend on the next letter: a sigma at the end.
-- search_grams: every substring of three characters, for a GIN index. Its COST is higher than that
-- of strpos: without the index, the planner calls it last.
CREATE FUNCTION search_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(upper(normalize(value, NFKC) COLLATE "und-x-icu"), NFKC)
$$;

CREATE FUNCTION search_grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(substr(value, place, 3)), '{}')
  FROM generate_series(1, char_length(value) - 2) AS place
$$;

-- Search text of tasks. A table of its own, because a distribution updates every open task and
-- would update the index too.
CREATE TABLE task_texts (
  -- No foreign key: tasks are never deleted, and filling the table would lock them.
  task_id uuid PRIMARY KEY,
  key text NOT NULL
);
CREATE INDEX task_texts_grams ON task_texts USING gin (search_grams(key));

-- Trigger: writes the search text with the title, also for the previous version.
CREATE FUNCTION keep_task_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_texts (task_id, key)
  VALUES (NEW.id, search_key(concat('[' || NEW.jira_id || '] ', NEW.title)))
  ON CONFLICT (task_id) DO UPDATE SET key = EXCLUDED.key;
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_keep_text AFTER INSERT OR UPDATE OF title, jira_id ON tasks
FOR EACH ROW EXECUTE FUNCTION keep_task_text();
`,
};
