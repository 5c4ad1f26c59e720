import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMe } from '../../api/session';
import { addresses } from '../../app/addresses';
import { useUser, type SeenUser } from '../../shared/user/queries';
import { Fetched } from '../../ui/fetched';
import { BeakShape } from './parts/beak-shape';
import { PermissionMatrix } from './parts/permission-matrix';
import { Deactivate, LetIn } from './parts/standing';
import { UserDetails } from './parts/user-details';
import { UserGroups } from './parts/user-groups';
import { UserStatus } from './parts/user-status';
import classes from './people.module.css';

const ROWS = 8;

/** One person: names, role, manager, rights, and whether they take part. */
export function UserPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const user = useUser(id);
  return (
    <>
      <Link className={classes['back']} to={addresses.users}>
        ← {t('pages.users')}
      </Link>
      {!user.data && <h1>{t('pages.user')}</h1>}
      <Fetched query={user} rows={ROWS}>
        {(found) => <Shown key={found.id} user={found} />}
      </Fetched>
    </>
  );
}

function Shown({ user }: { user: SeenUser }) {
  const { t } = useTranslation('people');
  const isMe = useMe()?.id === user.id;
  return (
    <>
      <div className={classes['head']}>
        <h1>{user.nickname}</h1>
        <UserStatus user={user} />
      </div>
      <div className={classes['columns']}>
        <div>
          <section className={classes['part']}>
            <h2>{t('user.details')}</h2>
            <UserDetails user={user} isMe={isMe} />
          </section>
          <section className={classes['part']}>
            <h2>{t('user.beakShape')}</h2>
            <BeakShape user={user} isMe={isMe} />
          </section>
          <section className={classes['part']}>
            <h2>{t('user.standing')}</h2>
            {(user.status === 'deactivated' || user.awaitsApproval) && <LetIn user={user} />}
            {user.status !== 'deactivated' && <Deactivate user={user} />}
          </section>
        </div>
        <div>
          <section className={classes['part']}>
            <h2>{t('matrix.title')}</h2>
            <PermissionMatrix user={user} />
          </section>
          <section className={classes['part']}>
            <h2>{t('user.groups')}</h2>
            <UserGroups user={user} />
          </section>
        </div>
      </div>
    </>
  );
}
