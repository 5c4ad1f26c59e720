import type { UserSnapshot } from '../../shared/contracts/events/users';
import { userView, userViewOf } from '../../shared/contracts/user-view';
import { createdId } from '../../shared/http/created-id';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, created, ok, type Answer, type Route } from '../../shared/http/route';
import { signUp } from '../commands/sign-up';
import { updateUser } from '../commands/update-user';
import type { UserContext } from '../context';
import { demandOneself, demandOwnFields, policies } from '../policies';
import { listUsers, readUser, type SeenUser } from '../queries/users';
import {
  type SeenUserView,
  newUserBody,
  seenUser,
  userChanges,
  userParams,
  userPlace,
  usersPage,
  usersQuery,
} from './users.schemas';

const tag = 'users';

/** Returns a 200 with the user and the version as ETag. */
function presented(user: UserSnapshot): Answer {
  return ok(userViewOf(user), user.version);
}

function presentSeen({ snapshot, awaitsApproval }: SeenUser): SeenUserView {
  return { ...userViewOf(snapshot), awaitsApproval };
}

/** Returns the routes to list, register, read and change users. */
export function usersRoutes(context: UserContext): readonly Route[] {
  const { database } = context;
  return new RouteTable(policies)
    .on('GET /users', {
      summary: 'List users, newest first',
      tag,
      query: usersQuery,
      answers: { 200: usersPage },
      handle: async ({ query: { q, cursor, ...filter } }) => {
        const after = decodeCursor(cursor, userPlace);
        const users = await listUsers(database, { ...filter, name: q, after });
        return ok(toPage(users, filter.limit, presentSeen, ({ place }) => place));
      },
    })
    .on('POST /users', {
      summary: 'Register a person, who stays inactive until a beak shape is set',
      tag,
      body: newUserBody,
      answers: { 201: userView },
      handle: async (request) => {
        const { beakShape = null, ...person } = request.body;
        const registeredBy = request.caller.id;
        const registration = { ...person, id: createdId(request), registeredBy };
        const user = await signUp(context, registration, beakShape);
        return created(userViewOf(user), user.version);
      },
    })
    .on('GET /users/{id}', {
      summary: 'One user',
      tag,
      params: userParams,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, caller }) => {
        demandOneself(caller, id);
        const user = await readUser(database, id);
        return ok(presentSeen(user), user.snapshot.version);
      },
    })
    .on('PATCH /users/{id}', {
      summary: 'Change a user: names of oneself, anything by those who manage users',
      tag,
      params: userParams,
      body: userChanges,
      answers: { 200: userView },
      handle: async ({ params: { id }, body: changes, caller, ifMatch }) => {
        demandOneself(caller, id);
        demandOwnFields(caller, changes);
        const update = { id, changes, basedOn: ifMatch!, actorId: caller.id };
        return presented(await updateUser(context, update));
      },
    }).routes;
}
