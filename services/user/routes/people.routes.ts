import type { Database } from '../../shared/db/data-source';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { policies } from '../policies';
import { listUsers, placeOf } from '../queries/users';
import { peoplePage, peopleQuery, userPlace } from './users.schemas';

/** Returns the route that finds people by ids or by a substring of the nickname, for everybody. */
export function peopleRoutes(database: Database): readonly Route[] {
  return new RouteTable(policies).on('GET /people', {
    summary: 'Find people by id or by a piece of their nickname',
    tag: 'people',
    query: peopleQuery,
    answers: { 200: peoplePage },
    handle: async ({ query }) => {
      // A request with ids gets all of them on one page.
      const limit = query.ids?.length ?? query.limit;
      const after = decodeCursor(query.cursor, userPlace);
      const filter = { ids: query.ids, nickname: query.q, after, limit };
      const users = await listUsers(database, filter);
      return ok(
        toPage(
          users,
          limit,
          ({ id, nickname, role, status }) => ({ id, nickname, role, status }),
          placeOf,
        ),
      );
    },
  }).routes;
}
