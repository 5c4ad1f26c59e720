import { userView, userViewOf } from '../../shared/contracts/user-view';
import { RouteTable, noContent, ok, type Route } from '../../shared/http/route';
import { changeBeakShape } from '../commands/change-beak-shape';
import { deactivateUser } from '../commands/deactivate-user';
import { grantPermissions } from '../commands/grant-permissions';
import { reactivateUser } from '../commands/reactivate-user';
import type { UserContext } from '../context';
import { currentShapeOf, demandOneself, policies } from '../policies';
import { beakShapeBody, permissionsBody, userParams } from './users.schemas';

const tag = 'users';

/** Returns the routes that change status, permissions and beak shape of a person. */
export function userRightsRoutes(context: UserContext): readonly Route[] {
  return new RouteTable(policies)
    .on('POST /users/{id}/deactivate', {
      summary: 'Let a person leave',
      tag,
      params: userParams,
      answers: { 200: userView },
      handle: async ({ params: { id }, caller }) => {
        const user = await deactivateUser(context, { id, actorId: caller.id });
        return ok(userViewOf(user), user.version);
      },
    })
    .on('POST /users/{id}/activate', {
      summary: 'Let somebody in who waits for approval, or take a deactivation back',
      tag,
      params: userParams,
      answers: { 200: userView },
      handle: async ({ params: { id }, caller }) => {
        const user = await reactivateUser(context, { id, actorId: caller.id });
        return ok(userViewOf(user), user.version);
      },
    })
    .on('PUT /users/{id}/permissions', {
      summary: 'Grant personal permissions: exactly these',
      tag,
      params: userParams,
      body: permissionsBody,
      answers: { 200: userView },
      handle: async ({ params: { id }, body: { permissions }, caller }) => {
        const grant = { id, permissions, actorId: caller.id };
        const user = await grantPermissions(context, grant);
        return ok(userViewOf(user), user.version);
      },
    })
    .on('POST /users/{id}/beak-shape', {
      summary: 'Replace a beak shape, which ends all sessions',
      tag,
      params: userParams,
      body: beakShapeBody,
      answers: { 204: null },
      handle: async ({ params: { id }, body, caller }) => {
        demandOneself(caller, id);
        const current = currentShapeOf(caller, id, body.current);
        const { beakShape } = body;
        await changeBeakShape(context, { id, actorId: caller.id, beakShape, current });
        return noContent();
      },
    }).routes;
}
