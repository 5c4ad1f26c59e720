import { loginTokens, refreshRequest, tokenRequest, tokens } from '../../shared/contracts/tokens';
import { addressGroup } from '../../shared/http/client-address';
import { RouteTable, type Answer, type Route } from '../../shared/http/route';
import { logIn, type IssuedTokens } from '../commands/log-in';
import { refreshSession } from '../commands/refresh-session';
import type { AuthContext } from '../context';
import { policies } from '../policies';

const tag = 'session';
const MAX_ADDRESS = 64;

/** Returns the first entry of `X-Forwarded-For`, set by the gateway; sidecars append theirs. */
function addressOf(headers: Readonly<Record<string, string | undefined>>): string {
  const [first = ''] = (headers['x-forwarded-for'] ?? '').split(',');
  return first.trim().slice(0, MAX_ADDRESS) || 'unknown';
}

function presented({ expiresAt, ...issued }: IssuedTokens): Answer {
  const body = { ...issued, expiresAt: expiresAt.toISOString() };
  return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

/** Returns the routes of login and refresh. */
export function tokensRoutes(context: AuthContext): readonly Route[] {
  return new RouteTable(policies)
    .on('POST /tokens', {
      summary: 'Log in with user id, nickname or email, and beak shape',
      tag,
      body: tokenRequest,
      answers: { 200: loginTokens },
      handle: async ({ body: { login, beakShape, device }, headers }) => {
        const address = addressOf(headers);
        const from = { address, addressGroup: addressGroup(address) };
        return presented(await logIn(context, { login, beakShape, device, ...from }));
      },
    })
    .on('POST /tokens/refresh', {
      summary: 'Exchange a refresh token for new tokens; each serves once',
      tag,
      body: refreshRequest,
      answers: { 200: tokens },
      handle: async ({ body }) => presented(await refreshSession(context, body.refreshToken)),
    }).routes;
}
