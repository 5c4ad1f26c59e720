import { z } from 'zod';
import { moment, uuid } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';

/** A session of the person; `current` marks the session of the request. */
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
/** Query of a page of sessions. */
export const sessionsQuery = z.strictObject(pageQuery);
/** Place of the last session of a page. */
export const sessionPlace = z.strictObject({ createdAt: moment, id: uuid });

/** Path parameters. */
export const ownSessionParams = z.strictObject({ id: uuid });
export const sessionParams = z.strictObject({ sid: uuid });
export const userParams = z.strictObject({ userId: uuid });
