import {
  MAX_GROUPS,
  MAX_GROUPS_OF_PERSON,
  MAX_MEMBERS,
  demandRoomForGroup,
  demandRoomForMember,
} from './group-limits';

const refusal = (demand: () => void): string | null => {
  try {
    demand();
    return null;
  } catch (error) {
    return (error as { id: string }).id;
  }
};

it('the last group fits, the next one is refused', () => {
  expect(refusal(() => demandRoomForGroup(MAX_GROUPS - 1))).toBeNull();
  expect(refusal(() => demandRoomForGroup(MAX_GROUPS))).toBe('too-many-groups');
});

it.each([
  [MAX_MEMBERS - 1, MAX_GROUPS_OF_PERSON - 1, null],
  [MAX_MEMBERS, 0, 'too-many-members'],
  [0, MAX_GROUPS_OF_PERSON, 'too-many-groups-of-person'],
])('a member of a group of %i, in %i groups: %s', (members, groupsOfPerson, id) => {
  expect(refusal(() => demandRoomForMember({ members, groupsOfPerson }))).toBe(id);
});
