import type { Migration } from '../../shared/db/migration';

/** Titles are found whatever their letters, in every locale of the server, by an index. */
export const searchTasks: Migration = {
  name: 'SearchTasks1760000000002',
  sql: `
-- Neither function depends on the locale of the server, as ILIKE and the trigrams of pg_trgm do:
-- with locale C those know ASCII letters only.
-- search_key: compatibility forms composed (NFKC), upper case by the root locale of ICU. Upper
-- case, because lower case depends on what follows a letter: a sigma at the end.
-- search_grams: each piece of three characters, for a GIN index. It costs more than a look into the
-- text: the planner asks it last, where it may not use the index.
CREATE FUNCTION search_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(upper(normalize(value, NFKC) COLLATE "und-x-icu"), NFKC)
$$;

CREATE FUNCTION search_grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(substr(value, place, 3)), '{}')
  FROM generate_series(1, char_length(value) - 2) AS place
$$;

-- The text of a task as it is searched for, apart from tasks: a distribution rewrites the rows
-- of all tasks, and the index with them, if it were there.
CREATE TABLE task_texts (
  -- No foreign key: tasks are never deleted, and filling the table would lock them.
  task_id uuid PRIMARY KEY,
  key text NOT NULL
);
CREATE INDEX task_texts_grams ON task_texts USING gin (search_grams(key));

-- Whoever writes a title writes its text: also the programs of the release before.
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
