import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { addresses } from '../../app/addresses';
import { Fetched } from '../../ui/fetched';
import { DeleteGroup } from './parts/delete-group';
import { GroupMembers } from './parts/group-members';
import { GroupName } from './parts/group-name';
import { GroupPermissions } from './parts/group-permissions';
import classes from './people.module.css';
import { useGroup, type Group } from './queries';

const ROWS = 6;

/** One group: its name, who is in it, and what it gives them. */
export function GroupPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const group = useGroup(id);
  return (
    <>
      <Link className={classes['back']} to={addresses.groups}>
        ← {t('pages.groups')}
      </Link>
      {!group.data && <h1>{t('pages.group')}</h1>}
      <Fetched query={group} rows={ROWS}>
        {(found) => <Shown key={found.id} group={found} list={group} />}
      </Fetched>
    </>
  );
}

function Shown({ group, list }: { group: Group; list: ReturnType<typeof useGroup> }) {
  const { t } = useTranslation('people');
  return (
    <>
      <h1>{group.name}</h1>
      <div className={classes['columns']}>
        <section className={classes['part']}>
          <h2>
            {t('group.members')} · {t('groups.members', { count: group.memberCount })}
          </h2>
          <GroupMembers group={group} list={list} />
        </section>
        <div>
          <section className={classes['part']}>
            <h2>{t('group.gives')}</h2>
            <GroupPermissions group={group} />
          </section>
          <section className={classes['part']}>
            <h2>{t('fields.name')}</h2>
            <GroupName group={group} />
            <DeleteGroup group={group} />
          </section>
        </div>
      </div>
    </>
  );
}
