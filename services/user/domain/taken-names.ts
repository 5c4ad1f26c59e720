import { conflict } from '../../shared/kernel/errors';

/** Returns a 409 `id-taken`. */
export function idTaken(): Error {
  return conflict('id-taken', 'This id is taken');
}

/** Returns a 409 `nickname-taken`: equal to another person's, or looks like it. */
export function nicknameTaken(): Error {
  return conflict('nickname-taken', 'This nickname is taken');
}

function emailTaken(): Error {
  return conflict('email-taken', 'This email is registered already');
}

function groupNameTaken(): Error {
  return conflict('name-taken', 'There is a group with this name already');
}

/** Refusals by unique index: they say which name is taken, not by whom. */
export const takenNames = {
  users_pkey: idTaken,
  users_email_key: emailTaken,
  users_nickname_key: nicknameTaken,
};

/** Refusals of groups by unique index. */
export const takenGroupNames = { groups_pkey: idTaken, groups_name_key: groupNameTaken };
