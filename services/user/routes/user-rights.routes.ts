import { basedOnIfSaid } from '../../shared/http/request-checks';
import { RouteTable, noContent, type Route } from '../../shared/http/route';
import { changeBeakShape } from '../commands/change-beak-shape';
import { deactivateUser } from '../commands/deactivate-user';
import { grantPermissions } from '../commands/grant-permissions';
import { reactivateUser } from '../commands/reactivate-user';
import type { UserContext } from '../context';
import { currentShapeOf, demandOneself, policies } from '../policies';
import { okUser } from './users.presenter';
import { beakShapeBody, permissionsBody, seenUser, userParams } from './users.schemas';

const tag = 'users';

/** Returns the routes that change status, permissions and beak shape of a person. */
export function userRightsRoutes(context: UserContext): readonly Route[] {
  return new RouteTable(policies)
    .on('POST /users/{id}/deactivate', {
      summary: 'Let a person leave',
      tag,
      params: userParams,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, caller }) => {
        return okUser(await deactivateUser(context, { id, actorId: caller.id }));
      },
    })
    .on('POST /users/{id}/activate', {
      summary: 'Let somebody in who waits for approval, or take a deactivation back',
      tag,
      params: userParams,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, caller }) => {
        return okUser(await reactivateUser(context, { id, actorId: caller.id }));
      },
    })
    .on('PUT /users/{id}/permissions', {
      summary: 'Grant personal permissions: exactly these',
      tag,
      params: userParams,
      body: permissionsBody,
      answers: { 200: seenUser },
      handle: async ({ params: { id }, body: { permissions }, caller, headers }) => {
        const basedOn = basedOnIfSaid(headers);
        const grant = { id, permissions, basedOn, actorId: caller.id };
        return okUser(await grantPermissions(context, grant));
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
