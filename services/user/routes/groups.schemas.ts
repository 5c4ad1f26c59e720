import { z } from 'zod';
import { moment, permission, uuid, visibleText } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';
import { hidesSomething } from '../../shared/kernel/text';

const MAX_NAME = 100;
const SPACES = / /g;

/** Name of a group, one line without invisible characters; unique without case. */
const groupName = visibleText(MAX_NAME)
  .refine((name) => !hidesSomething(name.replace(SPACES, '')), {
    message: 'must not contain what nobody sees',
    params: { code: 'hides-something' },
  })
  .meta({ example: 'Night shift leads' });

const permissions = z.array(permission).max(permission.options.length);

/** Path parameters of `/groups/{id}`. */
export const groupParams = z.strictObject({ id: uuid });

/** Path parameters of `/groups/{id}/members/{userId}`. */
export const memberParams = z.strictObject({ id: uuid, userId: uuid });

/** Body of a new group. */
export const newGroupBody = z.strictObject({
  id: uuid.optional(),
  name: groupName,
  permissions: permissions.default([]),
});

/** Changed fields of a group: a missing one keeps its value. */
export const groupChanges = z.strictObject({ name: groupName.optional() });

/** All permissions of a group. */
export const groupPermissionsBody = z.strictObject({ permissions });

/** Query of the list of groups, and of a group for the pages of its members. */
export const groupsQuery = z.strictObject(pageQuery);

/** Cursor: the last group of a page. */
export const groupPlace = z.strictObject({ createdAt: moment, id: uuid });

/** Cursor: the last member of a page. */
export const memberPlace = z.strictObject({ userId: uuid });

const groupSummary = z
  .object({
    id: uuid,
    name: z.string(),
    permissions: z.array(permission),
    memberCount: z.int().min(0),
    version: z.int().min(1),
  })
  .meta({ id: 'GroupSummary' });
export type GroupSummary = z.infer<typeof groupSummary>;

/** A group with a page of its members, and the cursor of the next page or null. */
export const groupView = groupSummary
  .extend({ members: z.array(uuid), membersNext: z.string().nullable() })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof groupView>;

/** A page of groups. */
export const groupsPage = pageOf(groupSummary);
