import { z } from 'zod';
import { permission, role, uuid } from './fields';

/** ES256 only: a token that names another algorithm is refused before its key is looked for. */
export const TOKEN_ALGORITHM = 'ES256';

/** Who our tokens are for. */
export const TOKEN_AUDIENCE = 'popug-services';

/** What an access token says about its holder: Auth writes it, every service reads it. */
export const tokenClaims = z.object({
  sub: uuid,
  sid: uuid,
  role,
  permissions: z.array(permission),
});
export type TokenClaims = z.infer<typeof tokenClaims>;
