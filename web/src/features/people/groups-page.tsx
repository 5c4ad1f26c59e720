import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { addresses } from '../../app/addresses';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { RowLink } from '../../ui/row-link';
import { Rows } from '../../ui/rows';
import { NewGroup } from './parts/new-group';
import { usePermissionList } from './parts/use-permission-list';
import classes from './people.module.css';
import { useGroups, type GroupSummary } from './queries';

const ROWS = 6;

const addressOf = ({ id }: GroupSummary): string => generatePath(addresses.group, { id });

/** Groups: the same permissions for several people at once. */
export function GroupsPage() {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const groups = useGroups();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <div className={classes['head']}>
        <h1>{common('pages.groups')}</h1>
        <Button onClick={() => setCreating(true)}>{t('groups.new')}</Button>
      </div>
      <Fetched query={groups} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('groups.empty')}>{t('groups.emptyWhy')}</Empty>
          ) : (
            <List groups={items} onEnd={() => groups.hasNextPage && void groups.fetchNextPage()} />
          )
        }
      </Fetched>
      <ListEnd list={groups} shown={groups.data?.length ?? 0} />
      {isCreating && <NewGroup onClose={() => setCreating(false)} />}
    </>
  );
}

function List({ groups, onEnd }: { groups: readonly GroupSummary[]; onEnd: () => void }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const listOf = usePermissionList();
  const membersOf = ({ memberCount: count }: GroupSummary): string =>
    t('groups.members', { count });
  return (
    <Rows
      caption={t('groups.caption')}
      rows={groups}
      keyOf={({ id }) => id}
      onOpen={(group) => void navigate(addressOf(group))}
      onEnd={onEnd}
      columns={[
        { key: 'name', title: t('fields.name'), cell: (group) => <Name group={group} /> },
        { key: 'members', title: t('fields.members'), cell: membersOf, width: '120px' },
        {
          key: 'permissions',
          title: t('fields.permissions'),
          cell: ({ permissions }) => listOf(permissions),
        },
      ]}
      card={(group) => (
        <div className={classes['card']}>
          <Name group={group} />
          <span>{membersOf(group)}</span>
          <span className="quiet">{listOf(group.permissions)}</span>
        </div>
      )}
    />
  );
}

function Name({ group }: { group: GroupSummary }) {
  return <RowLink to={addressOf(group)}>{group.name}</RowLink>;
}
