import { createdId } from '../../shared/http/created-id';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { signUp } from '../commands/sign-up';
import { updateUser } from '../commands/update-user';
import type { UserContext } from '../context';
import { demandFullName, demandOneself, demandOwnFields, policies } from '../policies';
import { seeUsers } from '../queries/seen-users';
import { listUsers, placeOf, readUser } from '../queries/users';
import type { NameRules } from './sign-up.routes';
import { createdUser, okUser, presentUser } from './users.presenter';
import {
  newUserBody,
  seenUser,
  userChanges,
  userParams,
  userPlace,
  usersPage,
  usersQuery,
} from './users.schemas';

const tag = 'users';

/** Returns the routes to list, register, read and change users. */
export function usersRoutes(context: UserContext, rules: NameRules): readonly Route[] {
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
        const { items, next } = toPage(users, filter.limit, (user) => user, placeOf);
        return ok({ items: (await seeUsers(database, items)).map(presentUser), next });
      },
    })
    .on('POST /users', {
      summary: 'Register a person, who stays inactive until a beak shape is set',
      tag,
      body: newUserBody,
      answers: { 201: seenUser },
      handle: async (request) => {
        const { beakShape = null, ...person } = request.body;
        demandFullName(rules.FULL_NAME, person.fullName);
        const registeredBy = request.caller.id;
        const registration = { ...person, id: createdId(request), registeredBy };
        return createdUser(await signUp(context, registration, beakShape));
      },
    })
    .on('GET /users/{id}', {
      summary: 'One user',
      tag,
      params: userParams,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, caller }) => {
        demandOneself(caller, id);
        return okUser(await readUser(database, id));
      },
    })
    .on('PATCH /users/{id}', {
      summary: 'Change a user: names and language of oneself, anything by those who manage users',
      tag,
      params: userParams,
      body: userChanges,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, body: changes, caller, ifMatch }) => {
        demandOneself(caller, id);
        demandOwnFields(caller, changes);
        if (changes.fullName === null) demandFullName(rules.FULL_NAME, null);
        const update = { id, changes, basedOn: ifMatch!, actorId: caller.id };
        return okUser(await updateUser(context, update));
      },
    }).routes;
}
