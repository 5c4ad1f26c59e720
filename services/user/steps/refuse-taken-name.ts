import { isUniqueViolation } from '../../shared/db/errors';
import { conflict } from '../../shared/kernel/errors';

/**
 * Says which of a person's names is somebody else's, and nothing about that somebody. Throws
 * 409 for a violated unique index of users, and the error itself when it is another one.
 */
export function refuseTakenName(error: unknown): never {
  if (isUniqueViolation(error, 'users_pkey')) throw idTaken();
  if (isUniqueViolation(error, 'users_email_key')) {
    throw conflict('email-taken', 'This email is registered already');
  }
  if (isUniqueViolation(error, 'users_nickname_key')) {
    throw nicknameTaken();
  }
  throw error;
}

/** 409 for a nickname that is somebody else's, or looks like theirs. */
export function nicknameTaken(): Error {
  return conflict('nickname-taken', 'This nickname is taken');
}

/** 409 for an id that is somebody else's. */
export function idTaken(): Error {
  return conflict('id-taken', 'This id is taken');
}
