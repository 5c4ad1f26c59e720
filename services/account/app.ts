import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import type { AccountEnv } from './config';
import { createBooks } from './create-books';
import type { Books } from './queries/books';

/** The Account service: its table of contents. */
export function createAccount(
  env: AccountEnv,
  parts: Parts = createParts('account', env),
  books: Books = createBooks(env),
): ServiceApp {
  return { parts, database: books.database, routes: [] };
}
