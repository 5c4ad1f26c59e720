import { z } from 'zod';
import {
  bankAccount,
  beakShape,
  email,
  fullName,
  locale,
  moment,
  nickname,
  permission,
  role,
  searchText,
  shownBeakShape,
  userStatus,
  uuid,
} from '../../shared/contracts/fields';
import { MAX_PAGE, pageOf, pageQuery } from '../../shared/contracts/paging';
import { userView } from '../../shared/contracts/user-view';

const MAX_SEARCH = 254;
const DEFAULT_LOCALE = 'en';

/** Path parameters of `/users/{id}` and of paths below. */
export const userParams = z.strictObject({ id: uuid });

/** Body of a sign-up. */
export const signUpBody = z.strictObject({
  id: uuid.optional(),
  nickname,
  email,
  beakShape,
  bankAccount,
  locale: locale.default(DEFAULT_LOCALE),
  fullName: fullName.optional(),
});

/** Body of a registration by somebody with `users.manage`; the beak shape may follow later. */
export const newUserBody = signUpBody.extend({ beakShape: beakShape.optional() });

/** Progress of an activation. */
export const signUpStatus = z
  .object({ status: userStatus, awaitsApproval: z.boolean() })
  .meta({ id: 'SignUpStatus' });

/** Changed fields: a missing one keeps its value, null removes manager or full name. */
export const userChanges = z.strictObject({
  nickname: nickname.optional(),
  email: email.optional(),
  role: role.optional(),
  managerId: uuid.nullable().optional(),
  locale: locale.optional(),
  fullName: fullName.nullable().optional(),
});

/** Body of a beak shape change; people who replace their own need `current`. */
export const beakShapeBody = z.strictObject({ beakShape, current: shownBeakShape.optional() });

/** All personal permissions of a person. */
export const permissionsBody = z.strictObject({
  permissions: z.array(permission).max(permission.options.length),
});

const search = searchText(MAX_SEARCH).min(1).optional();

/** Query of a list of users. */
export const usersQuery = z.strictObject({
  ...pageQuery,
  role: role.optional(),
  status: userStatus.optional(),
  managerId: uuid.optional(),
  awaitsApproval: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  q: search,
});

/** Query of people; `ids` are separated by commas. */
export const peopleQuery = z.strictObject({
  ...pageQuery,
  ids: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(uuid).max(MAX_PAGE))
    .optional(),
  q: search,
});

/** Cursor: the last user of a page. */
export const userPlace = z.strictObject({ registeredAt: moment, id: uuid });

/** A user as people with `users.manage`, and the user, see them. */
export const seenUser = userView
  .extend({
    fullName: z.string().nullable(),
    awaitsApproval: z.boolean(),
    ownPermissions: z
      .array(permission)
      .meta({ description: 'Granted personally; `permissions` are the effective ones' }),
    groups: z.array(z.object({ id: uuid, name: z.string() })),
    createdAt: moment,
    activation: z.object({ credentialsSet: z.boolean(), accountOpened: z.boolean() }),
  })
  .meta({ id: 'SeenUser' });
export type SeenUserView = z.infer<typeof seenUser>;

/** A page of users. */
export const usersPage = pageOf(seenUser);

/** A person as everybody sees them. */
export const personView = z
  .object({ id: uuid, nickname: z.string(), role, status: userStatus })
  .meta({ id: 'Person' });

/** A page of people. */
export const peoplePage = pageOf(personView);
