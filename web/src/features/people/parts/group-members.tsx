import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, Link } from 'react-router';
import { usePeople } from '../../../api/people';
import { addresses } from '../../../app/addresses';
import { ListEnd } from '../../../ui/list-end';
import { PersonPicker } from '../../../ui/person-picker';
import classes from '../people.module.css';
import type { Group, useGroup } from '../queries';
import { useMembers } from './use-members';

/** Members, and the field that adds one. */
export function GroupMembers({ group, list }: { group: Group; list: ReturnType<typeof useGroup> }) {
  const { t } = useTranslation('people');
  const [isKnown, setKnown] = useState<string | null>(null);
  const nameOf = usePeople([...group.members, isKnown]);
  const { add, remove } = useMembers(group.id, nameOf);
  const choose = (userId: string | null): void => {
    const isMember = userId !== null && group.members.includes(userId);
    setKnown(isMember ? userId : null);
    if (userId !== null && !isMember) add(userId);
  };
  return (
    <>
      <div className={classes['picker']}>
        <PersonPicker
          label={t('group.add')}
          value={null}
          onChange={choose}
          error={isKnown !== null && t('group.isMember', { nickname: nameOf(isKnown) })}
        />
      </div>
      {group.members.length === 0 && <p className="quiet">{t('group.noMembers')}</p>}
      <ul className={classes['members']} aria-label={t('group.members')}>
        {group.members.map((userId) => (
          <li key={userId}>
            <Link to={generatePath(addresses.user, { id: userId })}>{nameOf(userId)}</Link>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('group.removeName', { nickname: nameOf(userId) })}
              onClick={() => remove(userId)}
            >
              {t('group.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <ListEnd list={list} shown={group.members.length} total={group.memberCount} />
    </>
  );
}
