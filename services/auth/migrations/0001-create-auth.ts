import type { MigrationInterface, QueryRunner } from 'typeorm';
import { GRANT_APP_ROLE } from '../../shared/db/grants';
import { CREATE_MESSAGING_TABLES } from '../../shared/messaging/tables';

/** A copy: names are not unique, since an exchange of names may arrive in any order. */
const USERS = `
CREATE TABLE users (
  id uuid PRIMARY KEY,
  version integer NOT NULL,
  nickname text NOT NULL,
  nickname_key text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  status text NOT NULL,
  permissions text[] NOT NULL,
  manager_id uuid,
  locale text NOT NULL,
  copied_at timestamptz NOT NULL
);
CREATE INDEX users_nickname_key ON users (nickname_key);
CREATE INDEX users_email ON users (email);`;

/** Not tied to the copy of users: credentials may come before the event. */
const CREDENTIALS = `
CREATE TABLE credentials (
  user_id uuid PRIMARY KEY,
  beak_shape_hash text NOT NULL,
  changed_at timestamptz NOT NULL
);`;

const SESSIONS = `
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  address text NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  CONSTRAINT sessions_end CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_alive ON sessions (user_id, created_at DESC, id DESC)
  WHERE ended_at IS NULL;
CREATE INDEX sessions_expired ON sessions (expires_at);

-- One family per session: each is used once, and the use of a used one ends the session.
CREATE TABLE refresh_tokens (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  issued_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE UNIQUE INDEX refresh_tokens_unused ON refresh_tokens (session_id) WHERE used_at IS NULL;`;

const SIGNING_KEYS = `
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  private_key text NOT NULL,
  public_jwk jsonb NOT NULL,
  -- Published at once, used from this moment on, until a newer key is used.
  signs_from timestamptz NOT NULL UNIQUE
);`;

const LOGIN_ATTEMPTS = `
CREATE TABLE login_attempts (
  -- SHA-256 of login and address: people type secrets into the wrong field.
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  wrong_count integer NOT NULL CHECK (wrong_count >= 0),
  blocked_until timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX login_attempts_last ON login_attempts (last_at);`;

/** Credentials, sessions, keys, and who is who. */
export class CreateAuth1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_MESSAGING_TABLES);
    for (const sql of [USERS, CREDENTIALS, SESSIONS, SIGNING_KEYS, LOGIN_ATTEMPTS]) {
      await runner.query(sql);
    }
  }

  async down(): Promise<void> {
    throw new Error('Credentials are never dropped: restore a backup instead');
  }
}
