import { userViewOf } from '../../shared/contracts/user-view';
import { created, ok, type Answer } from '../../shared/http/route';
import type { SeenUser } from '../queries/seen-users';
import type { SeenUserView } from './users.schemas';

/** Returns a user as people with `users.manage`, and the user, see them. */
export function presentUser({ snapshot, createdAt, ...rest }: SeenUser): SeenUserView {
  return { ...userViewOf(snapshot), ...rest, createdAt: createdAt.toISOString() };
}

/** Returns a 200 with the user and the version as ETag. */
export function okUser(user: SeenUser): Answer {
  return ok(presentUser(user), user.snapshot.version);
}

/** Returns a 201 with the user and the version as ETag. */
export function createdUser(user: SeenUser): Answer {
  return created(presentUser(user), user.snapshot.version);
}
