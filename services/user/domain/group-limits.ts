import { conflict } from '../../shared/kernel/errors';

/** Maximum number of groups. */
export const MAX_GROUPS = 1_000;

/** Maximum number of members of a group: one transaction updates all of them. */
export const MAX_MEMBERS = 5_000;

/** Maximum number of groups of a person. */
export const MAX_GROUPS_OF_PERSON = 100;

/** Throws 409 `too-many-groups` when another group would be one too many. */
export function demandRoomForGroup(groups: number): void {
  if (groups < MAX_GROUPS) return;
  throw conflict('too-many-groups', 'There are too many groups', `At most ${MAX_GROUPS}`);
}

/**
 * Throws 409 `too-many-members` when another member would be one too many for the group, 409
 * `too-many-groups-of-person` when another group would be one too many for the person.
 */
export function demandRoomForMember(counts: { members: number; groupsOfPerson: number }): void {
  if (counts.members >= MAX_MEMBERS) {
    const most = `At most ${MAX_MEMBERS} members`;
    throw conflict('too-many-members', 'This group has too many members', most);
  }
  if (counts.groupsOfPerson >= MAX_GROUPS_OF_PERSON) {
    const most = `At most ${MAX_GROUPS_OF_PERSON} groups`;
    throw conflict('too-many-groups-of-person', 'This person is in too many groups', most);
  }
}
