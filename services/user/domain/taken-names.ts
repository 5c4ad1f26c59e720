import { conflict } from '../../shared/kernel/errors';

/** 409 for an id that is somebody else's. */
export function idTaken(): Error {
  return conflict('id-taken', 'This id is taken');
}

/** 409 for a nickname that is somebody else's, or looks like theirs. */
export function nicknameTaken(): Error {
  return conflict('nickname-taken', 'This nickname is taken');
}

function emailTaken(): Error {
  return conflict('email-taken', 'This email is registered already');
}

/** The refusal of each unique index of users: which name is taken, and nothing about by whom. */
export const takenNames = {
  users_pkey: idTaken,
  users_email_key: emailTaken,
  users_nickname_key: nicknameTaken,
};
