import { z } from 'zod';
import { moment, shownBeakShape, storableText } from './fields';
import { userView } from './user-view';

const MAX_LOGIN = 254;
const MAX_TOKEN = 200;

/**
 * What somebody logs in with: user id, nickname or email, and the beak shape. Whatever could never
 * be right is simply wrong: only what is too long or can't be stored is refused here.
 */
export const loginRequest = z.strictObject({
  login: storableText(MAX_LOGIN).min(1).meta({ example: 'kesha' }),
  beakShape: shownBeakShape,
});

/**
 * The mark of a device that this person was let in with before: with it, wrong attempts of others
 * don't keep them out. Null asks for a mark; without the field none is given.
 */
const device = storableText(MAX_TOKEN).min(1).nullable().optional();

/** A login by a program, which keeps the mark of its device itself. */
export const tokenRequest = loginRequest.extend({ device });
export type TokenRequest = z.infer<typeof tokenRequest>;

/** Exchanges a refresh token, once, for new tokens of the same session. */
export const refreshRequest = z.strictObject({ refreshToken: storableText(MAX_TOKEN).min(1) });

/** What Auth gives for a login or a refresh; `expiresAt` is that of the access token. */
export const tokens = z
  .object({ token: z.string(), expiresAt: moment, refreshToken: z.string(), user: userView })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof tokens>;

/** What Auth gives for a login; `device` is the mark to show next time, if one was wanted. */
export const loginTokens = tokens
  .extend({ device: z.string().nullable() })
  .meta({ id: 'LoginTokens' });
export type LoginTokens = z.infer<typeof loginTokens>;
