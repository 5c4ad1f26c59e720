import { z } from 'zod';
import { moment, shownBeakShape, storableText } from './fields';
import { userView } from './user-view';

const MAX_LOGIN = 254;
const MAX_TOKEN = 200;

/**
 * Login: user id, nickname or email, and the beak shape. Values that can't be right are simply
 * wrong; only those too long or not storable are refused here.
 */
export const loginRequest = z.strictObject({
  login: storableText(MAX_LOGIN).min(1).meta({ example: 'kesha' }),
  beakShape: shownBeakShape,
});

/**
 * Device token from an earlier login of this user: with it, wrong attempts of others don't lock the
 * user out. Null asks for a device token; without the field none is issued.
 */
const device = storableText(MAX_TOKEN).min(1).nullable().optional();

/** Login by a program, which keeps its device token itself. */
export const tokenRequest = loginRequest.extend({ device });
export type TokenRequest = z.infer<typeof tokenRequest>;

/** Exchange of a refresh token, once, for new tokens of the same session. */
export const refreshRequest = z.strictObject({ refreshToken: storableText(MAX_TOKEN).min(1) });

/** Tokens issued for a login or a refresh; `expiresAt` is that of the access token. */
export const tokens = z
  .object({ token: z.string(), expiresAt: moment, refreshToken: z.string(), user: userView })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof tokens>;

/** Tokens issued for a login; `device` is the device token, null when none was asked for. */
export const loginTokens = tokens
  .extend({ device: z.string().nullable() })
  .meta({ id: 'LoginTokens' });
export type LoginTokens = z.infer<typeof loginTokens>;
