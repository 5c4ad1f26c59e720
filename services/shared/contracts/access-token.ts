import { z } from 'zod';
import { permission, role, uuid } from './fields';

/** Signature algorithm of access tokens. A token naming another is refused before key lookup. */
export const TOKEN_ALGORITHM = 'ES256';

/** Audience (`aud`) of access tokens. */
export const TOKEN_AUDIENCE = 'popug-services';

/** Role and effective permissions of a user. */
export const rights = z.object({ role, permissions: z.array(permission) });
export type Rights = z.infer<typeof rights>;

/** Claims of an access token about its holder; Auth writes them, every service reads them. */
export const tokenClaims = rights.extend({ sub: uuid, sid: uuid });
export type TokenClaims = z.infer<typeof tokenClaims>;
