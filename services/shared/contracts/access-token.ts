import { z } from 'zod';
import { permission, role, uuid } from './fields';

/** ES256 only: a token that names another algorithm is refused before its key is looked for. */
export const TOKEN_ALGORITHM = 'ES256';

/** Who our tokens are for. */
export const TOKEN_AUDIENCE = 'popug-services';

/** What somebody may do: the role and the effective permissions. */
export const rights = z.object({ role, permissions: z.array(permission) });
export type Rights = z.infer<typeof rights>;

/** What an access token says about its holder: Auth writes it, every service reads it. */
export const tokenClaims = rights.extend({ sub: uuid, sid: uuid });
export type TokenClaims = z.infer<typeof tokenClaims>;
