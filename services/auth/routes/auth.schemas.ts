import { z } from 'zod';
import { moment, pageOf, pageQuery, storableText, uuid } from '../../shared/contracts/fields';
import { userView } from '../../shared/contracts/user-view';

const MAX_LOGIN = 254;
const MAX_BEAK_SHAPE = 256;
const MAX_REFRESH_TOKEN = 100;

/** Whatever could never be right is simply wrong: only what is too long is refused here. */
export const loginBody = z.strictObject({
  login: storableText(MAX_LOGIN).min(1),
  beakShape: storableText(MAX_BEAK_SHAPE).min(1),
});

/** A refresh token as it was given. */
export const refreshBody = z.strictObject({ refreshToken: storableText(MAX_REFRESH_TOKEN).min(1) });

/** What a login gives: the token for requests, and one for the next tokens. */
export const tokenView = z
  .object({ token: z.string(), expiresAt: moment, refreshToken: z.string(), user: userView })
  .meta({ id: 'Token' });

/** One login of the person; `current` is the one that asks. */
export const sessionView = z
  .object({
    id: uuid,
    address: z.string(),
    createdAt: moment,
    lastUsedAt: moment,
    expiresAt: moment,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

/** A page of sessions. */
export const sessionsPage = pageOf(sessionView);
/** Which page. */
export const sessionsQuery = z.strictObject(pageQuery);
/** Place of the last session of a page. */
export const sessionPlace = z.strictObject({ createdAt: moment, id: uuid });

/** Path parameters. */
export const ownSessionParams = z.strictObject({ id: uuid });
export const sessionParams = z.strictObject({ sid: uuid });
export const userParams = z.strictObject({ userId: uuid });
