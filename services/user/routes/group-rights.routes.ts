import { basedOnIfSaid } from '../../shared/http/request-checks';
import { RouteTable, noContent, type Route } from '../../shared/http/route';
import { addGroupMember } from '../commands/add-group-member';
import { removeGroupMember } from '../commands/remove-group-member';
import { setGroupPermissions } from '../commands/set-group-permissions';
import type { UserContext } from '../context';
import { policies } from '../policies';
import { okGroup } from './groups.presenter';
import { groupParams, groupPermissionsBody, groupView, memberParams } from './groups.schemas';

const tag = 'groups';

/** Returns the routes that change permissions and members of a group. */
export function groupRightsRoutes(context: UserContext): readonly Route[] {
  return new RouteTable(policies)
    .on('PUT /groups/{id}/permissions', {
      summary: 'Give a group permissions: exactly these',
      tag,
      params: groupParams,
      body: groupPermissionsBody,
      answers: { 200: groupView },
      handle: async ({ params: { id }, body: { permissions }, caller, headers }) => {
        const basedOn = basedOnIfSaid(headers);
        const grant = { id, permissions, basedOn, actorId: caller.id };
        return okGroup(await setGroupPermissions(context, grant));
      },
    })
    .on('PUT /groups/{id}/members/{userId}', {
      summary: 'Add a person to a group',
      tag,
      params: memberParams,
      answers: { 200: groupView },
      handle: async ({ params, caller, headers }) => {
        const change = { ...params, basedOn: basedOnIfSaid(headers), actorId: caller.id };
        return okGroup(await addGroupMember(context, change));
      },
    })
    .on('DELETE /groups/{id}/members/{userId}', {
      summary: 'Remove a person from a group',
      tag,
      params: memberParams,
      answers: { 204: null },
      handle: async ({ params, caller, headers }) => {
        const change = { ...params, basedOn: basedOnIfSaid(headers), actorId: caller.id };
        await removeGroupMember(context, change);
        return noContent();
      },
    }).routes;
}
