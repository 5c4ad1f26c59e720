import { createdId } from '../../shared/http/created-id';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { basedOnIfSaid } from '../../shared/http/request-checks';
import { RouteTable, noContent, ok, type Route } from '../../shared/http/route';
import { createGroup } from '../commands/create-group';
import { deleteGroup } from '../commands/delete-group';
import { renameGroup } from '../commands/rename-group';
import type { UserContext } from '../context';
import { policies } from '../policies';
import { firstMembers, listGroups, readGroup } from '../queries/groups';
import { createdGroup, okGroup, presentListed } from './groups.presenter';
import {
  groupChanges,
  groupParams,
  groupPlace,
  groupView,
  groupsPage,
  groupsQuery,
  memberPlace,
  newGroupBody,
} from './groups.schemas';

const tag = 'groups';

/** Returns the routes to list, create, read, change and delete groups. */
export function groupsRoutes(context: UserContext): readonly Route[] {
  const { database } = context;
  return new RouteTable(policies)
    .on('GET /groups', {
      summary: 'List groups, newest first',
      tag,
      query: groupsQuery,
      answers: { 200: groupsPage },
      handle: async ({ query: { cursor, limit } }) => {
        const groups = await listGroups(database, {
          after: decodeCursor(cursor, groupPlace),
          limit,
        });
        const page = toPage(groups, limit, presentListed, ({ createdAt, id }) => ({
          createdAt: createdAt.toISOString(),
          id,
        }));
        return ok(page);
      },
    })
    .on('POST /groups', {
      summary: 'Create a group without members',
      tag,
      body: newGroupBody,
      answers: { 201: groupView },
      handle: async (request) => {
        const { name, permissions } = request.body;
        const input = { id: createdId(request), name, permissions, actorId: request.caller.id };
        const group = await createGroup(context, input);
        return createdGroup({ ...group, ...firstMembers, memberCount: 0, members: [] });
      },
    })
    .on('GET /groups/{id}', {
      summary: 'One group with a page of its members',
      tag,
      params: groupParams,
      query: groupsQuery,
      answers: { 200: groupView },
      handle: async ({ params: { id }, query: { cursor, limit } }) => {
        const after = decodeCursor(cursor, memberPlace)?.userId ?? null;
        return okGroup(await readGroup(database, id, { after, limit }));
      },
    })
    .on('PATCH /groups/{id}', {
      summary: 'Rename a group',
      tag,
      params: groupParams,
      body: groupChanges,
      answers: { 200: groupView },
      handle: async ({ params: { id }, body: { name }, caller, ifMatch }) => {
        const renaming = { id, name, basedOn: ifMatch!, actorId: caller.id };
        return okGroup(await renameGroup(context, renaming));
      },
    })
    .on('DELETE /groups/{id}', {
      summary: 'Delete a group: its members lose what only the group gave them',
      tag,
      params: groupParams,
      answers: { 204: null },
      handle: async ({ params: { id }, caller, headers }) => {
        await deleteGroup(context, { id, basedOn: basedOnIfSaid(headers), actorId: caller.id });
        return noContent();
      },
    }).routes;
}
