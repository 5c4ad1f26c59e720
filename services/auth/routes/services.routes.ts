import * as contract from '../../shared/contracts/calls/auth';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { createCredentials } from '../commands/create-credentials';
import { replaceBeakShape } from '../commands/replace-beak-shape';
import type { AuthContext } from '../context';
import { policies } from '../policies';
import { publishedKeys } from '../queries/signing-keys';
import { userParams } from './auth.schemas';

const tag = 'services';

/** Returns the routes for other services; the gateway does not expose them. */
export function servicesRoutes(context: AuthContext): readonly Route[] {
  return new RouteTable(policies)
    .on('GET /jwks', {
      summary: 'Public halves of the signing keys',
      tag,
      answers: { 200: contract.jwks.response },
      handle: async () => ok({ keys: await publishedKeys(context.database) }),
    })
    .on('PUT /credentials/{userId}', {
      summary: 'Keep the first beak shape of a user',
      tag,
      params: userParams,
      body: contract.createCredentials.request,
      answers: { 200: contract.createCredentials.response },
      handle: async ({ params, body }) =>
        ok(await createCredentials(context, params.userId, body.beakShape)),
    })
    .on('POST /credentials/{userId}/beak-shape', {
      summary: 'Replace a beak shape and end all sessions',
      tag,
      params: userParams,
      body: contract.replaceBeakShape.request,
      answers: { 200: contract.replaceBeakShape.response },
      handle: async ({ params, body }) => {
        await replaceBeakShape(context, { userId: params.userId, ...body });
        return ok({ replaced: true });
      },
    }).routes;
}
