import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_AUDIT_LOG } from '../../shared/db/audit-log';
import { GRANT_APP_ROLE, revokeFromApp } from '../../shared/db/grants';
import { CREATE_MESSAGING_TABLES } from '../../shared/messaging/tables';

const CREATE_USERS = `
CREATE TABLE users (
  id uuid CONSTRAINT users_pkey PRIMARY KEY,
  nickname text NOT NULL,
  -- What makes two nicknames the same; computed by the service, for all languages alike.
  nickname_key text NOT NULL,
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('employee', 'manager', 'accountant', 'admin')),
  status text NOT NULL CHECK (status IN ('inactive', 'active', 'deactivated')),
  locale text NOT NULL CHECK (locale IN ('en', 'ru')),
  manager_id uuid REFERENCES users,
  -- Granted to this person, in addition to what the role allows.
  permissions text[] NOT NULL,
  -- Only until Account has opened the account: from then on the number is Account's.
  bank_account text,
  version integer NOT NULL CHECK (version >= 1),
  -- Null for those who signed up by themselves.
  registered_by uuid,
  registered_at timestamptz NOT NULL,
  -- Without credentials, a day after this moment the registration is given up.
  inactive_since timestamptz NOT NULL,
  credentials_set_at timestamptz,
  account_opened_at timestamptz,
  -- How often Account was asked to open the account, and when to ask again.
  account_asked_times integer NOT NULL CHECK (account_asked_times >= 1),
  account_ask_due_at timestamptz NOT NULL,
  CONSTRAINT users_own_manager CHECK (manager_id <> id),
  CONSTRAINT users_activation CHECK (
    status <> 'active' OR (account_opened_at IS NOT NULL AND credentials_set_at IS NOT NULL)),
  CONSTRAINT users_bank_account CHECK (account_opened_at IS NULL OR bank_account IS NULL)
);

-- A registration that was given up leaves its email and nickname to others.
CREATE UNIQUE INDEX users_email_key ON users (email)
  WHERE status <> 'deactivated' OR credentials_set_at IS NOT NULL;
CREATE UNIQUE INDEX users_nickname_key ON users (nickname_key)
  WHERE status <> 'deactivated' OR credentials_set_at IS NOT NULL;

CREATE INDEX users_newest ON users (registered_at DESC, id DESC);
CREATE INDEX users_manager ON users (manager_id);
CREATE INDEX users_without_account ON users (account_ask_due_at)
  WHERE account_opened_at IS NULL AND status = 'inactive';
CREATE INDEX users_without_credentials ON users (inactive_since)
  WHERE credentials_set_at IS NULL AND status = 'inactive';
CREATE INDEX users_dealt_to ON users (id)
  WHERE status = 'active' AND role IN ('employee', 'accountant');`;

/** Users with their way to activation. Nobody is ever deleted: history stays. */
export class CreateUser1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_MESSAGING_TABLES);
    await runner.query(CREATE_AUDIT_LOG);
    await runner.query(CREATE_USERS);
    await runner.query(revokeFromApp('DELETE', 'users'));
  }

  async down(): Promise<void> {
    throw new Error('Users are never dropped: restore a backup instead');
  }
}
