import { z } from 'zod';
import { loginRequest, type Tokens } from '../../shared/contracts/tokens';
import { userView } from '../../shared/contracts/user-view';
import {
  RouteTable,
  created,
  noContent,
  ok,
  type Answer,
  type Route,
  type RouteRequest,
} from '../../shared/http/route';
import { Problem, notFound } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';
import { endSession, logIn } from '../clients/auth';
import type { Upstream } from '../clients/upstream';
import { policies } from '../policies';
import { cookieFor, deviceCookieFor, deviceOf, endedCookie, sessionIdOf } from './session-cookie';
import type { Sessions } from './sessions';

const tag = 'session';

/** Signed-in user; the tokens never reach the browser. */
const currentSession = z.object({ user: userView }).meta({ id: 'CurrentSession' });

interface SessionParts {
  sessions: Sessions;
  upstream: Upstream;
  logger: Logger;
}

type Headers = RouteRequest<object, object, object>['headers'];

/** Returns the session of the cookie. Throws 404 for a caller with a bearer token and no cookie. */
async function sessionIn(
  headers: Headers,
  sessions: Sessions,
): Promise<{ id: string; tokens: Tokens }> {
  const id = sessionIdOf(headers['cookie']);
  const tokens = id === null ? null : await sessions.find(id);
  if (id === null || !tokens) throw notFound('Session');
  return { id, tokens };
}

function withCookies(answer: Answer, ...cookies: string[]): Answer {
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies } };
}

/** Builds the routes of `/session`: log in, show the user and log out in browsers. */
export function sessionRoutes({ sessions, upstream, logger }: SessionParts): Route[] {
  return new RouteTable(policies)
    .on('POST /api/v1/session', {
      summary: 'Log in; the session is kept in a cookie',
      tag,
      body: loginRequest,
      answers: { 201: currentSession },
      handle: async ({ body, headers }) => {
        const login = { ...body, device: deviceOf(headers['cookie']) };
        const address = headers['x-forwarded-for'] ?? '';
        const { device, ...tokens } = await logIn(upstream, login, address);
        const id = await sessions.begin(tokens);
        const cookies = [cookieFor(id), ...(device === null ? [] : [deviceCookieFor(device)])];
        return withCookies(created({ user: tokens.user }), ...cookies);
      },
    })
    .on('GET /api/v1/session', {
      summary: 'Who is signed in',
      tag,
      answers: { 200: currentSession },
      handle: async ({ headers }) => {
        const { tokens } = await sessionIn(headers, sessions);
        return ok({ user: tokens.user });
      },
    })
    .on('DELETE /api/v1/session', {
      summary: 'Log out',
      tag,
      answers: { 204: null },
      handle: async ({ headers, caller }) => {
        const { id, tokens } = await sessionIn(headers, sessions);
        const ended = endSession(upstream, caller.sessionId ?? '', tokens.token);
        await ended.catch((error: unknown) => {
          // The refresh token is stored nowhere else: without it, the session expires.
          if (!(error instanceof Problem)) throw error;
          logger.warn({ err: error }, 'Auth did not end a session');
        });
        await sessions.end(id);
        return withCookies(noContent(), endedCookie);
      },
    }).routes;
}
