import { z } from 'zod';
import {
  MAX_PAGE,
  bankAccount,
  beakShape,
  email,
  locale,
  moment,
  nickname,
  pageOf,
  pageQuery,
  permission,
  role,
  searchText,
  shownBeakShape,
  userStatus,
  uuid,
} from '../../shared/contracts/fields';
import { userView } from '../../shared/contracts/user-view';

const MAX_SEARCH = 254;
const DEFAULT_LOCALE = 'en';

/** `/users/{id}` and what is below it. */
export const userParams = z.strictObject({ id: uuid });

/** What a person, or somebody for them, registers with. */
export const signUpBody = z.strictObject({
  id: uuid.optional(),
  nickname,
  email,
  beakShape,
  bankAccount,
  locale: locale.default(DEFAULT_LOCALE),
});

/** The same by an administrator, who may leave the beak shape for later. */
export const newUserBody = signUpBody.extend({ beakShape: beakShape.optional() });

/** How far an activation has come. */
export const signUpStatus = z
  .object({ status: userStatus, awaitsApproval: z.boolean() })
  .meta({ id: 'SignUpStatus' });

/** A missing field keeps its value; null takes the manager away. */
export const userChanges = z.strictObject({
  nickname: nickname.optional(),
  email: email.optional(),
  role: role.optional(),
  managerId: uuid.nullable().optional(),
  locale: locale.optional(),
});

/** `current` is asked of a person for themselves. */
export const beakShapeBody = z.strictObject({ beakShape, current: shownBeakShape.optional() });

/** Personal permissions, all of them. */
export const permissionsBody = z.strictObject({
  permissions: z.array(permission).max(permission.options.length),
});

const search = searchText(MAX_SEARCH).min(1).optional();

/** Which users to list. */
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

/** `ids` separated by commas. */
export const peopleQuery = z.strictObject({
  ...pageQuery,
  ids: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(uuid).max(MAX_PAGE))
    .optional(),
  q: search,
});

/** Place of the last user of a page. */
export const userPlace = z.strictObject({ registeredAt: moment, id: uuid });

/** A person as those see them who manage users, and as they see themselves. */
export const seenUser = userView.extend({ awaitsApproval: z.boolean() }).meta({ id: 'SeenUser' });
export type SeenUserView = z.infer<typeof seenUser>;

/** A page of users. */
export const usersPage = pageOf(seenUser);

/** What everybody may know of everybody. */
export const personView = z
  .object({ id: uuid, nickname: z.string(), role, status: userStatus })
  .meta({ id: 'Person' });

/** A page of people. */
export const peoplePage = pageOf(personView);
