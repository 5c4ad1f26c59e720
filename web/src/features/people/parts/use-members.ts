import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import type { Problem } from '../../../api/problems';
import { sayFailed } from '../../../ui/toasts';
import { GROUP_TOUCHES, membersKey, type Group } from '../queries';

/** Returns the pages of a group with or without a member. */
function withMember(pages: readonly Group[], userId: string, isMember: boolean): Group[] {
  const wasMember = pages.some(({ members }) => members.includes(userId));
  if (wasMember === isMember) return [...pages];
  return pages.map(({ members, memberCount, ...page }, place) => {
    const others = members.filter((each) => each !== userId);
    return {
      ...page,
      memberCount: memberCount + (isMember ? 1 : -1),
      members: isMember && place === 0 ? [userId, ...others] : others,
    };
  });
}

interface Init {
  params: { path: { id: string; userId: string } };
}

/** Adds and removes members one by one: shown before the answer, taken back by a refusal. */
export function useMembers(id: string, nameOf: (userId: string) => string) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const show = (userId: string, isMember: boolean): void => {
    queries.setQueryData<InfiniteData<Group>>(
      membersKey(id),
      (before) => before && { ...before, pages: withMember(before.pages, userId, isMember) },
    );
  };
  const optionsOf = (isMember: boolean, what: 'group.notAdded' | 'group.notRemoved') => ({
    touches: GROUP_TOUCHES,
    onSend: ({ params: { path } }: Init) => {
      show(path.userId, isMember);
      return () => show(path.userId, !isMember);
    },
    onRefused: (problem: Problem, { params: { path } }: Init) =>
      sayFailed({ what: t(what, { nickname: nameOf(path.userId) }), problem }),
  });
  const path = '/api/v1/groups/{id}/members/{userId}';
  const adding = useChange('put', path, optionsOf(true, 'group.notAdded'));
  const removing = useChange('delete', path, optionsOf(false, 'group.notRemoved'));
  return {
    add: (userId: string) => adding.send({ params: { path: { id, userId } } }),
    remove: (userId: string) => removing.send({ params: { path: { id, userId } } }),
  };
}
