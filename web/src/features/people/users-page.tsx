import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { usePeople } from '../../api/people';
import { addresses } from '../../app/addresses';
import { flag, id, maybeOneOf, text, useAddress } from '../../lib/address';
import { type SeenUser } from '../../shared/user/queries';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { RowLink } from '../../ui/row-link';
import { Rows } from '../../ui/rows';
import { NewPerson } from './parts/new-person';
import { LetIn } from './parts/standing';
import { UserFilterFields } from './parts/user-filters';
import { UserStatus } from './parts/user-status';
import classes from './people.module.css';
import { roles } from './permissions';
import { useUsers } from './queries';

const STATUSES = ['active', 'inactive', 'deactivated'] as const;
const FIELDS = {
  q: text,
  role: maybeOneOf(roles),
  status: maybeOneOf(STATUSES),
  manager: id,
  awaits: flag,
};
const ROWS = 10;

const addressOf = ({ id: userId }: SeenUser): string =>
  generatePath(addresses.user, { id: userId });

/** Everybody, by name, role, status and manager. */
export function UsersPage() {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const address = useAddress(FIELDS);
  const users = useUsers(address.values);
  const [isRegistering, setRegistering] = useState(false);
  return (
    <>
      <div className={classes['head']}>
        <h1>{common('pages.users')}</h1>
        <Button onClick={() => setRegistering(true)}>{t('users.new')}</Button>
      </div>
      <UserFilterFields statuses={STATUSES} address={address} />
      <Fetched query={users} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <NoUsers isFiltered={address.isFiltered} onClear={address.clear} />
          ) : (
            <List users={items} onEnd={() => users.hasNextPage && void users.fetchNextPage()} />
          )
        }
      </Fetched>
      <ListEnd list={users} shown={users.data?.length ?? 0} />
      {isRegistering && <NewPerson onClose={() => setRegistering(false)} />}
    </>
  );
}

function NoUsers({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  if (!isFiltered) return <Empty title={t('users.empty')}>{t('users.emptyWhy')}</Empty>;
  const clear = (
    <Button variant="default" onClick={onClear}>
      {common('actions.clearFilters')}
    </Button>
  );
  return <Empty title={common('list.noMatch')} action={clear} />;
}

function List({ users, onEnd }: { users: readonly SeenUser[]; onEnd: () => void }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const nameOf = usePeople(users.map(({ managerId }) => managerId));
  const managerOf = ({ managerId }: SeenUser): string =>
    managerId === null ? t('fields.nobody') : nameOf(managerId);
  return (
    <Rows
      caption={t('users.caption')}
      rows={users}
      keyOf={({ id: userId }) => userId}
      onOpen={(user) => void navigate(addressOf(user))}
      onEnd={onEnd}
      columns={[
        { key: 'name', title: t('fields.nickname'), cell: (user) => <Name user={user} /> },
        { key: 'email', title: t('fields.email'), cell: ({ email }) => email, width: '24%' },
        {
          key: 'role',
          title: t('fields.role'),
          cell: ({ role }) => t(`roles.${role}`),
          width: '128px',
        },
        { key: 'manager', title: t('fields.manager'), cell: managerOf, width: '112px' },
        { key: 'status', title: t('fields.status'), cell: (user) => <Standing user={user} /> },
      ]}
      card={(user) => (
        <div className={classes['card']}>
          <Name user={user} />
          <span>{t(`roles.${user.role}`)}</span>
          <span className="quiet">
            {user.email}
            {user.managerId !== null && ` · ${t('fields.manager')}: ${managerOf(user)}`}
          </span>
          <Standing user={user} />
        </div>
      )}
    />
  );
}

function Name({ user }: { user: SeenUser }) {
  return (
    <span className={classes['name']}>
      <RowLink to={addressOf(user)}>{user.nickname}</RowLink>
      {user.fullName !== null && <span className="quiet">{user.fullName}</span>}
    </span>
  );
}

function Standing({ user }: { user: SeenUser }) {
  return (
    <span className={classes['name']}>
      <UserStatus user={user} />
      {user.awaitsApproval && <LetIn user={user} isCompact />}
    </span>
  );
}
