import { sessionState } from '../../shared/contracts/calls/auth';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, noContent, ok, type Route } from '../../shared/http/route';
import { endOwnSession } from '../commands/end-own-session';
import type { AuthContext } from '../context';
import { policies } from '../policies';
import * as sessions from '../queries/sessions';
import {
  ownSessionParams,
  sessionParams,
  sessionPlace,
  sessionsPage,
  sessionsQuery,
} from './auth.schemas';

/** Returns the routes of a person's own sessions, and the session check of the gateway. */
export function sessionsRoutes(context: AuthContext): readonly Route[] {
  const { database, clock } = context;
  return new RouteTable(policies)
    .on('GET /sessions', {
      summary: 'Where one is logged in, newest first',
      tag: 'session',
      query: sessionsQuery,
      answers: { 200: sessionsPage },
      handle: async ({ query: { cursor, limit }, caller }) => {
        const after = decodeCursor(cursor, sessionPlace);
        const page = { userId: caller.id, after, limit };
        const found = await sessions.listSessions(database, page, clock());
        return ok(
          toPage(
            found,
            limit,
            ({ id, address, createdAt, lastUsedAt, expiresAt }) => ({
              id,
              address,
              createdAt: createdAt.toISOString(),
              lastUsedAt: lastUsedAt.toISOString(),
              expiresAt: expiresAt.toISOString(),
              current: id === caller.sessionId,
            }),
            ({ id, createdAt }) => ({ createdAt: createdAt.toISOString(), id }),
          ),
        );
      },
    })
    .on('DELETE /sessions/{id}', {
      summary: 'Log out of one of one’s sessions',
      tag: 'session',
      params: ownSessionParams,
      answers: { 204: null },
      handle: async ({ params: { id }, caller }) => {
        await endOwnSession(context, { id, userId: caller.id });
        return noContent();
      },
    })
    .on('GET /sessions/{sid}', {
      summary: 'Whether a session is alive',
      tag: 'services',
      params: sessionParams,
      answers: { 200: sessionState.response },
      handle: async ({ params: { sid } }) =>
        ok(await sessions.sessionState(database, sid, clock())),
    }).routes;
}
